from contextlib import contextmanager


class File:
    def read(self):
        pass

    def close(self):
        pass


@contextmanager
def opened(name):
    file = File()
    try:
        yield file
    finally:
        file.close()
