package main

import (
	"fmt"

	"example.com/gc/cache"
)

type page struct{ url string }

func (p *page) size() int { return len(p.url) }

type Sizer interface{ size() int }

func sum[S Sizer](all ...S) (n int) {
	for _, s := range all {
		n += s.size()
	}
	return n
}

func evicted(k string, p *page) { fmt.Println(k, p.size()) }

func fetch(c cache.Cache[string, *page], url string) *page {
	if p, ok := c.Get(url); ok {
		return p
	}
	p := &page{url}
	c.Set(url, p)
	return p
}

func main() {
	c := cache.New(10, cache.OnEvict(evicted))
	p := fetch(c, "x")
	p.size()
	big := cache.Filter([]*page{p}, func(p *page) bool { return p.size() > 3 })
	big[0].size()
	sum(big...)
	for _, k := range cache.Keys(map[string]int{"a": 1}) {
		fmt.Println(k)
	}
}
