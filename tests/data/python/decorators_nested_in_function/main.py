def dec(f):
    return f


def outer():
    def dec(f):
        def shadow():
            f()
        return shadow

    @dec
    def work():
        pass
    work()


outer()
