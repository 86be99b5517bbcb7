import a.b.c
a.b.c.work()
