def times(n):
    def dec(f):
        def wrapper():
            f()
        return wrapper
    return dec


@times(2)
def work():
    pass


work()
