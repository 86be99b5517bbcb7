package calc

import (
	"errors"
	"testing"
)

func TestEval(t *testing.T) {
	tests := []struct {
		name string
		expr Expr
		env  Env
		want float64
		check func(t *testing.T, err error)
	}{
		{"number", Num(1), nil, 1, nil},
		{name: "missing", expr: Var("x"), check: isUndefined},
		{"sum", &Bin{'+', Num(1), Num(2)}, Env{"x": 1}, 3, func(t *testing.T, err error) { noError(t, err) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.expr.Eval(tt.env)
			if tt.check != nil {
				tt.check(t, err)
			}
			if got != tt.want {
				t.Errorf("%s: %v", tt.expr.String(), got)
			}
			tt.env.Lookup("x")
		})
	}
}

func isUndefined(t *testing.T, err error) {
	t.Helper()
	var e undefinedError
	if !errors.As(err, &e) {
		t.Fatal(e.Error())
	}
}

func noError(t *testing.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzNum(f *testing.F) {
	f.Add(1.0)
	f.Fuzz(func(t *testing.T, x float64) {
		if Num(x).String() != format(x) {
			t.Fail()
		}
	})
}
