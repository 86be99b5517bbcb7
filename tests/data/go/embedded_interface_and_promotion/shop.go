package shop

import "sync"

type Store interface{ Get() int }

type disk struct{}

func (disk) Get() int { return 1 }

type Cached struct {
	Store
	sync.Mutex
	hits int
}

func (c *Cached) Get() int {
	c.Lock()
	defer c.Unlock()
	c.hits++
	return c.Store.Get()
}

type Logged struct{ *Cached }

func use(l Logged) {
	l.Get()
	l.Lock()
	l.Store.Get()
	l.missing()
}
