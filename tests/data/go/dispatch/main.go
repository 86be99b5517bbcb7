package main

type Shape interface{ Area() float64 }

type Circle struct{}
type Square struct{}
type Unused struct{}

func (Circle) Area() float64  { return 1 }
func (*Square) Area() float64 { return 2 }
func (Unused) Area() float64  { return 3 }

func make2(round bool) Shape {
	if round {
		return Circle{}
	}
	return &Square{}
}

func measure(s Shape) float64 { return s.Area() }

func local() {
	var s Shape = &Square{}
	s.Area()
	var later Shape
	later = Circle{}
	later.Area()
}

func main() {
	make2(true).Area()
	measure(Circle{})
	local()
}
