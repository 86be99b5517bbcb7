from abc import ABC, abstractmethod


class Base(ABC):
    @abstractmethod
    def read(self):
        ...

    @classmethod
    @abstractmethod
    def accepts(cls, name):
        ...

    def count(self):
        return len(self.read())

    @classmethod
    def check(cls, name):
        return cls.accepts(name)


def load(reader: Base):
    return reader.read()
