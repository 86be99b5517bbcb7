import pack
import pack.sub.deep
pack.sub.deep.work()
pack.sub.near()
