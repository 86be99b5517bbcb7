package gateway

import "context"

type retrying struct {
	Gateway
	times int
}

func WithRetry(g Gateway, times int) Gateway { return retrying{g, times} }

func (r retrying) Charge(ctx context.Context, a Amount) (rec Receipt, err error) {
	for i := 0; i < r.times; i++ {
		if rec, err = r.Gateway.Charge(ctx, a); err == nil {
			rec.Note("ok")
			return
		}
	}
	return
}
