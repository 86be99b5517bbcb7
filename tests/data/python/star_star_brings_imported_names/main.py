from middle import *
work()
t.more()
