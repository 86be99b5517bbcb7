from tools import *
from other import *
work()
