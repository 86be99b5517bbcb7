import pack
pack.run()
