package b

import "example.org/shop/a"

func helper() {}

type File struct{}

func (f File) Close() { f.missing() }

func run() {
	helper := func() {}
	helper()
	{
		a := File{}
		a.Close()
	}
	a.Close()
	unknown()
	thing := make2()
	thing.Close()
}

func shadow(helper func()) { helper() }
