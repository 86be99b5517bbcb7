package shapes

type Namer interface{ Name() string }

type Shape interface {
	Namer
	Area() float64
}

type Number interface{ ~int | ~float64 }
