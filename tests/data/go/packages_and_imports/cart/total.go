package cart

func (c *Cart) Total() int { return c.sum + VAT() + Limit + len(Name) }

func check(n int) bool { return n < Limit }
