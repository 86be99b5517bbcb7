from a import *
deep()
