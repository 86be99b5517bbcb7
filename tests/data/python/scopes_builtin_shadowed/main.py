def len(thing):
    return 0


def print(*things):
    pass


print(len([]))
