class A:
    def __init__(self):
        pass

    def work(self):
        pass


def pick():
    return A


pick()().work()
