package main

import (
	"context"
	"fmt"

	gw "corp.dev/pay/gateway"
	"corp.dev/pay/gateway/stripe"
)

type checkout struct {
	gw.Charger
	refunds gw.Refunder
}

func (c *checkout) buy(amounts ...gw.Amount) (total gw.Amount) {
	for _, a := range amounts {
		r, err := c.Charge(context.Background(), a)
		if err != nil {
			c.rollback(r)
			continue
		}
		total += r.Total()
	}
	return total
}

func (c *checkout) rollback(r gw.Receipt) {
	if err := c.refunds.Refund(r); err != nil {
		fmt.Println(err)
	}
}

func main() {
	g := gw.WithRetry(stripe.New("k"), 3)
	c := checkout{Charger: g, refunds: g}
	if c.buy(1, 2).Valid() {
		fmt.Println("ok")
	}
}
