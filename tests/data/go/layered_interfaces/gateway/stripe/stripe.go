package stripe

import (
	"context"

	"corp.dev/pay/gateway"
)

type client struct {
	key  string
	send func(path string) error
}

func New(key string) gateway.Gateway {
	c := &client{key: key}
	c.send = c.post
	return c
}

func (c *client) Charge(ctx context.Context, a gateway.Amount) (gateway.Receipt, error) {
	if !a.Valid() {
		return gateway.Receipt{}, errInvalid(a)
	}
	return gateway.Receipt{Amount: a}, c.send("/charge")
}

func (c *client) Refund(r gateway.Receipt) error { return c.send("/refund/" + r.ID) }

func (c *client) post(path string) error { return nil }

type invalid struct{ gateway.Amount }

func (i invalid) Error() string {
	if i.Valid() {
		return "?"
	}
	return "invalid"
}

func errInvalid(a gateway.Amount) error { return &invalid{a} }
