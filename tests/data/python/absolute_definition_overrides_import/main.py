from tools import work


def work():
    pass


work()
