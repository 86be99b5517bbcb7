package shop

import "example.org/shop/shapes"

type Circle struct{ r float64 }

func (c Circle) Area() float64 { return c.r }
func (c Circle) Name() string  { return "circle" }

type Half struct{}

func (Half) Area() float64 { return 0 }

type Square struct{ Circle }

func total(all []shapes.Shape, one shapes.Shape) float64 {
	for _, shape := range all {
		shape.Area()
	}
	one.Name()
	if c, ok := one.(Circle); ok {
		c.Area()
	}
	switch s := one.(type) {
	case *Square:
		s.Name()
	case Half:
		s.Area()
	}
	return 0
}
