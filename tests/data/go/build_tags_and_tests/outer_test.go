package shop_test

import (
	"testing"

	"example.org/shop"
)

func setup() {}

func TestOuter(t *testing.T) {
	setup()
	shop.Dial()
}
