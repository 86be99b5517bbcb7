def first():
    pass


def second():
    pass


def make(call):
    def run():
        call()
    return run


make(first)()
make(second)()
