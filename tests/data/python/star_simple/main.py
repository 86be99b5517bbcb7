from tools import *
work()
