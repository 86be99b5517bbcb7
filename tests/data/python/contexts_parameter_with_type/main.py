class Lock:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass


class Other:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass


def run(lock: Lock):
    with lock:
        pass


run(Lock())
