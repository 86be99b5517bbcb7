import tools
t = tools
u = t
u.work()
