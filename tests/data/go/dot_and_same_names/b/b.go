package b

import "example.com/names/a"

type T struct {
	inner *a.T
}

func New() *T { return &T{inner: a.New()} }
func (t *T) Run() {
	t.inner.Run()
	run()
}
func run() { Helper() }
func Helper() string { return a.Helper() + "b" }
