package cart

import . "example.org/shop/tax"

var Limit = 10

const Name = "cart"

type Cart struct{ sum int }

func New() *Cart { return &Cart{} }

func (c *Cart) Add(n int) { c.sum += n; check(n) }
