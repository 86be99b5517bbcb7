package rng

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync/atomic"
)

type Person struct {
	Name string
	Age  int
	tags []Tag
}

type Tag string

func (t Tag) Clean() Tag { return t }

func (p Person) String() string { return fmt.Sprint(p.Name, p.first()) }
func (p *Person) first() Tag {
	if len(p.tags) == 0 {
		return Tag("none").Clean()
	}
	return p.tags[0].Clean()
}
func (p Person) Older(q Person) bool { return p.Age > q.Age }

type People []*Person

func (ps People) All() iter.Seq[*Person] {
	return func(yield func(*Person) bool) {
		for _, p := range ps {
			if !yield(p) {
				return
			}
		}
	}
}
func (ps People) ByName() map[string]*Person {
	out := make(map[string]*Person, len(ps))
	for i := range ps {
		out[ps[i].Name] = ps[i]
	}
	return out
}
func (ps People) Sort() People {
	slices.SortFunc(ps, func(a, b *Person) int { return compare(a, b) })
	return ps
}
func (ps *People) Add(p *Person) { *ps = append(*ps, p) }

func compare(a, b *Person) int { return cmp.Compare(a.Age, b.Age) }

type counter struct{ n atomic.Int64 }

func (c *counter) inc() int64 { return c.n.Add(1) }

var total counter

type visitFunc func(p *Person) error

func walk(ps People, visit visitFunc) (err error) {
	for _, p := range ps.Sort() {
		if err = visit(p); err != nil {
			return
		}
	}
	return
}

func Run(input ...*Person) {
	var ps People
	for _, p := range input {
		ps.Add(p)
	}
	for p := range ps.All() {
		p.first()
	}
	for _, name := range slices.Sorted(maps.Keys(ps.ByName())) {
		_ = ps.ByName()[name].String()
	}
	_ = walk(ps, func(p *Person) error { total.inc(); return nil })
	_ = walk(ps, report)
	groups := map[bool][]*Person{}
	for _, p := range ps {
		groups[p.Older(*ps[0])] = append(groups[p.Older(*ps[0])], p)
	}
	groups[true][0].first()
	idx := slices.IndexFunc(ps, func(p *Person) bool { return p.Older(Person{}) })
	People(groups[false]).Sort()[idx].first()
	ch := make(chan *Person)
	done := make(chan struct{})
	go produce(ch, done)
	for p := range ch {
		p.first()
	}
	select {
	case <-done:
	case p := <-ch:
		p.Older(*p)
	}
}

func report(p *Person) error { fmt.Println(p); return nil }

func produce(out chan<- *Person, done chan struct{}) {
	defer close(done)
	out <- newPerson("x")
}

func newPerson(name string) *Person { return &Person{Name: name} }
