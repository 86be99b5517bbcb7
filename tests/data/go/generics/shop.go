package shop

type Shape interface{ Area() float64 }

type Stack[T Shape] struct{ items []T }

func (s *Stack[T]) Push(v T) { s.items = append(s.items, v); s.grow() }

func (s *Stack[T]) grow() {}

type Disc struct{}

func (Disc) Area() float64 { return 1 }

func Map[T any, U Shape](in []T, f func(T) U) []U {
	for _, one := range in {
		f(one).Area()
	}
	return nil
}

func Largest[S Shape](all ...S) float64 {
	for _, one := range all {
		one.Area()
	}
	return all[0].Area()
}

func use() {
	s := &Stack[Disc]{}
	s.Push(Disc{})
	var t Stack[Disc]
	t.grow()
	Largest[Disc](Disc{})
	Map([]int{1}, func(n int) Disc { return build(n) })
}

func build(n int) Disc { return Disc{} }
