def call(first, *rest, key=None, **others):
    first()
    rest[0]()
    rest[-1]()
    key()
    others["last"]()


def a():
    pass


def b():
    pass


def c():
    pass


def d():
    pass


def e():
    pass


call(a, b, c, key=d, last=e)


def relay(*args, **kwargs):
    return target(*args, **kwargs)


def target(left, right=None):
    left()
    if right:
        right()


relay(a, right=b)
