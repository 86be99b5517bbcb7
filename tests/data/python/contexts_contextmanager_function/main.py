from contextlib import contextmanager


class Session:
    def save(self):
        pass


@contextmanager
def session():
    yield Session()


with session() as current:
    current.save()
