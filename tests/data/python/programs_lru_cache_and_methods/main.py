from functools import lru_cache, cache


@lru_cache(maxsize=None)
def load(name):
    return Config(name)


@cache
def other():
    return Config("b")


class Config:
    def __init__(self, name):
        self.name = name

    def get(self):
        return self.name


load("a").get()
other().get()
