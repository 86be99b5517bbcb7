from tools import *


def work():
    pass


work()
