from contextlib import contextmanager


class Settings:
    debug = False

    def set(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

    @contextmanager
    def override(self, **values):
        old = {name: getattr(self, name) for name in values}
        self.set(**values)
        try:
            yield self
        finally:
            self.restore(old)

    def restore(self, old):
        self.set(**old)


settings = Settings()


def with_debug(function):
    def wrapper(*args):
        with settings.override(debug=True) as changed:
            changed.set()
            return function(*args)
    return wrapper


@with_debug
def work(n):
    return n


work(1)
