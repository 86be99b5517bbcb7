from functools import cached_property


class Wheel:
    def turn(self):
        pass


class Axle:
    def __init__(self):
        self._wheel = Wheel()

    @property
    def wheel(self):
        return self._wheel


class Car:
    @cached_property
    def axle(self):
        return Axle()

    def drive(self):
        self.axle.wheel.turn()


Car().drive()
