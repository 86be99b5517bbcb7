import functools


class Counted:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function = function
        self.calls = 0

    def __call__(self, *args):
        self.note()
        return self.function(*args)

    def note(self):
        self.calls += 1


@Counted
def area(side):
    return square(side)


def square(value):
    return value * value


area(2)
