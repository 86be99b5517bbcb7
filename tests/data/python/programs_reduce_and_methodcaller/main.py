from functools import reduce
from itertools import chain, starmap


class Step:
    def apply(self, value):
        return value + 1


def combine(value, step):
    return step.apply(value)


def add(a, b):
    return a + b


def pair(a):
    return (a, a)


reduce(combine, [Step(), Step()], 0)
list(starmap(add, [(1, 2)]))
for item in chain([Step()], [Step()]):
    item.apply(1)
dict(map(pair, [1]))
max([1, 2], key=pair)
any(pair(x) for x in [1])
