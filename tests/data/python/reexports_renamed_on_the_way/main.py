import pack
pack.do()
