package jobs

import (
	"context"
	"testing"
)

func helper(t *testing.T) *Pool {
	t.Helper()
	return NewPool(2)
}

func TestDrain(t *testing.T) {
	pool := helper(t)
	pool.onDone = func(r Result) { check(t, r) }
	pool.Submit(JobFunc(func(ctx context.Context) (Result, error) { return Result{1}, nil }))
	pool.Submit(slow{})
	t.Run("sub", func(t *testing.T) {
		if pool.Drain(1) != 1 {
			t.Fatal("no")
		}
	})
}

type slow struct{}

func (slow) Do(ctx context.Context) (Result, error) { return Result{}, ctx.Err() }

func check(t *testing.T, r Result) {
	if !r.OK() {
		t.Error("bad")
	}
}

func BenchmarkPool(b *testing.B) {
	for i := 0; i < b.N; i++ {
		NewPool(i).Submit(slow{})
	}
}
