from contextlib import ExitStack, contextmanager


class Lock:
    def __enter__(self):
        self.take()
        return self

    def __exit__(self, *exc):
        self.free()

    def take(self):
        pass

    def free(self):
        pass

    def use(self):
        pass


@contextmanager
def opened(name):
    lock = Lock()
    prepare(name)
    try:
        yield lock
    finally:
        lock.free()


def prepare(name):
    pass


with opened("a") as lock:
    lock.use()
with Lock() as first, opened("b") as second:
    first.use()
    second.use()
with ExitStack() as stack:
    third = stack.enter_context(Lock())
    third.use()
