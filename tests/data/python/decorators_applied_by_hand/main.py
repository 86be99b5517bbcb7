def dec(f):
    def wrapper():
        f()
    return wrapper


def work():
    pass


work = dec(work)
work()
