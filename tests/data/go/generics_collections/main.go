package main

import "example.com/gen/set"

type ID int

func (id ID) Next() ID { return id + 1 }

type Shape interface{ Area() float64 }

type Square struct{ side float64 }

func (s Square) Area() float64 { return s.side * s.side }

func total[S Shape](shapes []S) float64 {
	areas := make([]float64, 0)
	for _, s := range shapes {
		areas = append(areas, s.Area())
	}
	return set.Sum(areas)
}

func main() {
	ids := set.New[ID](1, 2)
	ids.Add(ID(3).Next())
	names := set.Map(ids, name)
	names.Has("x")
	total([]Square{{1}, {2}})
	var stack set.Stack[Square]
	stack.Push(Square{2})
	stack.Pop().Area()
	set.Max(1, 2)
	keys := set.Map[ID, ID](ids, func(id ID) ID { return id.Next() })
	keys.Add(1)
}

func name(id ID) string { return "x" }
