import functools


def dec(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper


@dec
def work(n):
    pass


work(1)
