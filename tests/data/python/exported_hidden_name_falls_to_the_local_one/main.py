from tools import *


def run():
    helper()


def helper():
    pass


run()
