class Lock:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


class A:
    def __init__(self):
        self.lock = Lock()

    def run(self):
        with self.lock:
            self.work()

    def work(self):
        pass


A().run()
