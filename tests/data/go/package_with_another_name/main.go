package main

import "example.org/shop/v2/go-cart/v3"

func main() { basket.New() }
