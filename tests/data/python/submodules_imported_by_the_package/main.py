import pack
pack.sub.work()
