package shop

import "example.org/shop"

type L = M
type M = L
type N O
type O N

func aliases(x L, y N) {
	x.B()
	for _, z := range y {
		z.B()
	}
	y[1].B()
	shop.known()
	known()
}

func known() {}

type E struct{ F }
type F struct{ *E }

func (e E) q() {
	e.missing()
	e.F.E.q()
}

type I1 interface {
	I2
	A()
}

type I2 interface {
	I1
	B()
}

func (e E) A() {}
func (e E) B() {}

var a, b = b, a

func values() { a.Run() }
