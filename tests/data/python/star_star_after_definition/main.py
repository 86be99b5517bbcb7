def work():
    pass


from tools import *

work()
