from a import *


def two():
    one()
