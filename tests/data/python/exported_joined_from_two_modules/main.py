from pack import *
first()
second()
