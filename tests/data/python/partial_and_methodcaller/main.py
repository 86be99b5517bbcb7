from functools import partial, reduce
from operator import attrgetter, methodcaller


class Step:
    def apply(self, value):
        return value

    def finish(self):
        pass


def twice(function, value):
    return function(function(value))


def add(left, right):
    return left + right


double = partial(twice, Step().apply)
double(1)
reduce(add, [1, 2])
steps = [Step()]
for result in map(methodcaller("finish"), steps):
    pass
