import pack.deep.mod as m
m.work()
