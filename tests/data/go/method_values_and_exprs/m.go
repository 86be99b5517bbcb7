package m

import (
	"sort"
	"strings"
)

type Counter struct{ n int }

func (c *Counter) Inc()         { c.n++ }
func (c Counter) Get() int      { return c.n }
func (c *Counter) Add(k int) *Counter {
	c.n += k
	return c
}

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return size(b[i]) < size(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func size(s string) int { return len(s) }

func apply(fs ...func()) {
	for _, f := range fs {
		f()
	}
}

func pick(get func(Counter) int, c Counter) int { return get(c) }

func compose(f, g func(string) string) func(string) string {
	return func(s string) string { return f(g(s)) }
}

func trim(s string) string { return strings.TrimSpace(s) }

func upper(s string) string { return strings.ToUpper(trim(s)) }

type visitor func(n int) visitor

func start(n int) visitor { return next }
func next(n int) visitor  { return nil }

func Run() {
	c := &Counter{}
	inc := c.Inc
	inc()
	apply(c.Inc, func() { c.Add(2) })
	pick(Counter.Get, *c)
	f := (*Counter).Inc
	f(c)
	c.Add(1).Add(2).Get()
	sort.Sort(byLen{"a"})
	compose(trim, upper)("x")
	for v := visitor(start); v != nil; {
		v = v(1)
	}
	strings.Map(func(r rune) rune { return keep(r) }, "x")
	words := strings.FieldsFunc("a b", isSpace)
	sort.Slice(words, func(i, j int) bool { return size(words[i]) < size(words[j]) })
	defer c.Inc()
	func(n int) { c.Add(n) }(3)
}

func keep(r rune) rune     { return r }
func isSpace(r rune) bool { return r == ' ' }
