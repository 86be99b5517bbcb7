from left import *
from right import *
work()
only()
