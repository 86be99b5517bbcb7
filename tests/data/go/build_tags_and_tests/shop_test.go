package shop

import "testing"

func TestDial(t *testing.T) {
	setup()
	Dial()
	t.Run("raw", func(t *testing.T) { raw() })
}

func setup() {}

func BenchmarkDial(b *testing.B) { Dial() }
