import tools as t
t.work()
