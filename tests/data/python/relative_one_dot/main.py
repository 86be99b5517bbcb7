import pack.a
pack.a.run()
