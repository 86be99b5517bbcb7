import pack.sub
pack.top()
pack.sub.work()
