package shop

import "example.org/shop/base"

type Logger struct{}

func (Logger) Log(s string) {}

type Cart struct {
	*base.Base
	Logger
	total int
}

func (c *Cart) Name() string { return c.Base.Name() }

type Special struct{ Cart }

func run(s *Special, c Cart) int {
	s.Save()
	s.Name()
	s.Log("x")
	c.Logger.Log("y")
	return s.ID + s.total
}
