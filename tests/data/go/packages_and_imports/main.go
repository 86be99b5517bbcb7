package main

import (
	"fmt"

	"example.org/shop/cart"
	rates "example.org/shop/tax"
	"github.com/pkg/errors"
)

func main() {
	c := cart.New()
	c.Add(2)
	fmt.Println(c.Total(), rates.VAT())
	helper()
	errors.New("x")
	cart.Limit = 3
}
