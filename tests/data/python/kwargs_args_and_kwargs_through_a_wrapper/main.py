def dec(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper


def one():
    pass


def two():
    pass


@dec
def run(a, b=None):
    a()
    b()


run(one, b=two)
