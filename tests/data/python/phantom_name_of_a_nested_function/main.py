def outer():
    def inner():
        pass
    inner()


def other():
    inner()
