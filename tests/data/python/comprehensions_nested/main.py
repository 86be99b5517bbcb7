def one(n):
    return n


def two(n):
    return n


[one(a) for a in [two(b) for b in range(2)]]
