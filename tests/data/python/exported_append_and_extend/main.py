from tools import *
one()
two()
three()
