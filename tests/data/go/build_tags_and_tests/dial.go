//go:build !windows && (cgo || purego)

// Package shop sells.
package shop

func Dial() { raw() }
