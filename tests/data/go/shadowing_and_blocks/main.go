package main

import "example.org/shop/store"

type A struct{}
type B struct{}

func (A) Go()  {}
func (A) B() B { return B{} }
func (B) Go()  {}

func value() A { return A{} }

func run(x A) {
	x.Go()
	if x := x.B(); true {
		x.Go()
	}
	for i, x := range []B{{}} {
		x.Go()
		_ = i
	}
	value := B{}
	value.Go()
	store := A{}
	store.Go()
	switch y := any(x).(type) {
	case B:
		y.Go()
	case A, *A:
		_ = y
	}
	func() {
		x := B{}
		x.Go()
	}()
}

func other() {
	store.Go()
	value().B()
}
