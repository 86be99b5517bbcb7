from c import *
