def one():
    pass


from b import *
