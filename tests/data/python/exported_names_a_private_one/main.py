from tools import *
_hidden()
