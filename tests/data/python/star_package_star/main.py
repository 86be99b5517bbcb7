from pack import *
work()
