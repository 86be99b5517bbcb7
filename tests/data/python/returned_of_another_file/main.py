from tools import get


def work():
    pass


get()()
