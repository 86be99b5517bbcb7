import a
from b import *
one()
two()
