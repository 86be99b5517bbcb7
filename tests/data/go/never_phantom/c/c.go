package c

func unknown() {}
