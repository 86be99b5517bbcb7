from tools import *


def run():
    return _hidden()


work()
