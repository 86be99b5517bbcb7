package gateway

import "context"

type (
	Amount int64
	Gateway interface {
		Charger
		Refunder
	}
	Charger interface {
		Charge(ctx context.Context, a Amount) (Receipt, error)
	}
	Refunder interface{ Refund(r Receipt) error }
	Receipt  struct {
		ID     string
		Amount Amount
		meta   *Meta
	}
	Meta struct{ Notes []string }
)

func (a Amount) Valid() bool        { return a > 0 }
func (r Receipt) Total() Amount     { return r.Amount }
func (m *Meta) Add(n string) *Meta  { m.Notes = append(m.Notes, n); return m }
func (r *Receipt) Note(n string)    { r.metaOrNew().Add(n).Add("!") }
func (r *Receipt) metaOrNew() *Meta {
	if r.meta == nil {
		r.meta = &Meta{}
	}
	return r.meta
}
