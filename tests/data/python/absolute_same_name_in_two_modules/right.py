def work():
    pass


def run():
    work()
