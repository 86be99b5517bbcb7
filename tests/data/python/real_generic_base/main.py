from typing import Generic, TypeVar

T = TypeVar("T")


class Parser(Generic[T]):
    def __init__(self):
        pass

    def parse(self):
        return self.step()

    def step(self):
        pass


class Block(Parser[int]):
    def __init__(self):
        super().__init__()

    def run(self):
        self.parse()


Block().run()
