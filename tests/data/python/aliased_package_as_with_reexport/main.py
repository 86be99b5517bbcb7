import pack as p
p.work()
p.sub.more()
