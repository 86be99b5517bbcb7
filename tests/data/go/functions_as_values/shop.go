package shop

import "sort"

type Handler func(int) int

type Server struct {
	handle func(int) int
	routes map[string]func(int) int
}

func double(n int) int { return n * 2 }

func half(n int) int { return n / 2 }

func apply(f func(int) int, n int) int { return f(n) }

func pick(up bool) func(int) int {
	if up {
		return double
	}
	return half
}

func (s *Server) serve(n int) { s.handle(n) }

func run() {
	apply(double, 1)
	g := pick(true)
	g(3)
	s := &Server{handle: half}
	s.serve(1)
	sort.Slice([]int{}, func(i, j int) bool { return less(i, j) })
	func() { double(1) }()
	go half(2)
	table := []func(int) int{double, half}
	table[0](1)
	h := Handler(double)
	_ = h
}

func less(a, b int) bool { return a < b }
