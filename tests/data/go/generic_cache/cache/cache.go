package cache

import (
	"container/list"
	"sync"
)

type Cache[K comparable, V any] interface {
	Get(key K) (V, bool)
	Set(key K, value V)
}

type entry[K comparable, V any] struct {
	key   K
	value V
}

type LRU[K comparable, V any] struct {
	mu    sync.Mutex
	list  *list.List
	items map[K]*list.Element
	cap   int
	onEvict func(K, V)
}

type Opt[K comparable, V any] func(*LRU[K, V])

func New[K comparable, V any](cap int, opts ...Opt[K, V]) *LRU[K, V] {
	c := &LRU[K, V]{list: list.New(), cap: cap}
	for _, o := range opts {
		o(c)
	}
	return c
}

func OnEvict[K comparable, V any](f func(K, V)) Opt[K, V] {
	return func(c *LRU[K, V]) { c.onEvict = f }
}

func (c *LRU[K, V]) Get(key K) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, hit := c.items[key]; hit {
		c.list.MoveToFront(e)
		return e.Value.(*entry[K, V]).val(), true
	}
	return v, false
}

func (e *entry[K, V]) val() V { return e.value }

func (c *LRU[K, V]) Set(key K, value V) {
	if c.list.Len() >= c.cap {
		c.evict()
	}
	c.items[key] = c.list.PushFront(&entry[K, V]{key, value})
}

func (c *LRU[K, V]) evict() {
	last := c.list.Back()
	e := last.Value.(*entry[K, V])
	delete(c.items, e.key)
	if c.onEvict != nil {
		c.onEvict(e.key, e.value)
	}
}

func Keys[M ~map[K]V, K comparable, V any](m M) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

func Filter[T any](in []T, keep func(T) bool) (out []T) {
	for _, x := range in {
		if keep(x) {
			out = append(out, x)
		}
	}
	return
}
