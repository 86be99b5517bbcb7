package set

import "cmp"

type Set[T comparable] struct {
	items map[T]struct{}
}

func New[T comparable](items ...T) *Set[T] {
	s := &Set[T]{items: map[T]struct{}{}}
	for _, item := range items {
		s.Add(item)
	}
	return s
}

func (s *Set[T]) Add(item T) bool {
	if s.Has(item) {
		return false
	}
	s.items[item] = struct{}{}
	return true
}

func (s *Set[T]) Has(item T) bool {
	_, ok := s.items[item]
	return ok
}

func Map[T, U comparable](s *Set[T], f func(T) U) *Set[U] {
	out := New[U]()
	for item := range s.items {
		out.Add(f(item))
	}
	return out
}

func Max[T cmp.Ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}

type Number interface {
	~int | ~float64
}

func Sum[T Number](xs []T) (total T) {
	for _, x := range xs {
		total += x
	}
	return
}

type Stack[T any] []T

func (s *Stack[T]) Push(v T) { *s = append(*s, v) }
func (s *Stack[T]) Pop() T {
	old := *s
	v := old[len(old)-1]
	*s = old[:len(old)-1]
	return v
}
