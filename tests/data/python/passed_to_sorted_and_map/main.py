def rank(n):
    return -n


def double(n):
    return 2 * n


def keep(n):
    return n > 1


sorted([1, 2], key=rank)
list(map(double, [1, 2]))
list(filter(keep, [1, 2]))
