from typing import Protocol


class Sink(Protocol):
    def write(self, text: str) -> None: ...


class File:
    def write(self, text):
        pass


class Null:
    def write(self, text):
        pass


def log(sink: Sink):
    sink.write("a")


log(File())
log(Null())
