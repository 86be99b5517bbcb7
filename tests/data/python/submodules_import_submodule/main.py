import pack.sub
pack.sub.work()
