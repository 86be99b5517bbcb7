class Lock:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass


def lock():
    return Lock()


def run():
    with lock():
        work()


def work():
    pass


run()
