from typing import NamedTuple
from enum import Enum


class Point(NamedTuple):
    x: int

    def moved(self):
        return self._replace(x=self.step())

    def step(self):
        return 1


class Color(Enum):
    RED = 1

    def show(self):
        return self.label()

    def label(self):
        return self.name


Point(1).moved().moved()
Color.RED.show()
Color(1).show()
