package calc

import "strconv"

type Expr interface {
	Eval(env Env) (float64, error)
	String() string
}

type Env map[string]float64

func (e Env) Lookup(name string) (float64, bool) {
	v, ok := e[name]
	return v, ok
}

type Num float64
type Var string
type Bin struct {
	Op   byte
	L, R Expr
}

func (n Num) Eval(Env) (float64, error) { return float64(n), nil }
func (n Num) String() string            { return format(float64(n)) }
func (v Var) Eval(env Env) (float64, error) {
	if x, ok := env.Lookup(string(v)); ok {
		return x, nil
	}
	return 0, undefined(v)
}
func (v Var) String() string { return string(v) }
func (b *Bin) Eval(env Env) (float64, error) {
	l, err := b.L.Eval(env)
	if err != nil {
		return 0, err
	}
	r, err := b.R.Eval(env)
	if err != nil {
		return 0, err
	}
	return ops[b.Op](l, r), nil
}
func (b *Bin) String() string { return "(" + b.L.String() + string(b.Op) + b.R.String() + ")" }

var ops = map[byte]func(a, b float64) float64{
	'+': add,
	'-': func(a, b float64) float64 { return add(a, -b) },
}

func add(a, b float64) float64 { return a + b }

func format(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

type undefinedError struct{ name Var }

func (e undefinedError) Error() string { return "undefined " + e.name.String() }

func undefined(v Var) error { return undefinedError{v} }
