def work():
    pass


def outer():
    def work():
        pass
    work()


outer()
