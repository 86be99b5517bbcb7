package tags_test

import (
	"testing"

	"example.com/tags"
)

func TestOpen(t *testing.T) {
	for _, tc := range []struct {
		name string
		want int64
	}{{"a", 1}, {"b", 2}} {
		t.Run(tc.name, func(t *testing.T) {
			f, err := tags.Open(tc.name)
			if err != nil || f.Size() != tc.want {
				t.Fatal(err)
			}
		})
	}
}

func ExampleOpen() {
	f, _ := tags.Open("x")
	f.Size()
}
