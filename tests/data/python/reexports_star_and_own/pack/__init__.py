from .core import *


def two():
    pass
