package errs

import (
	"errors"
	"fmt"
	"io"
)

var ErrMissing = errors.New("missing")
var ErrBad = newCode(3)

type CodeError struct {
	Code int
	Err  error
}

func newCode(n int) *CodeError { return &CodeError{Code: n} }

func (e *CodeError) Error() string { return fmt.Sprintf("%d %s", e.Code, describe(e.Code)) }
func (e *CodeError) Unwrap() error { return e.Err }
func (e *CodeError) with(err error) *CodeError {
	e.Err = err
	return e
}

func describe(n int) string { return "x" }

type reader struct {
	src io.Reader
	pos int
}

var _ io.Reader = (*reader)(nil)

func (r *reader) Read(p []byte) (n int, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = wrap(e)
		}
	}()
	n, err = r.src.Read(p)
	r.advance(n)
	return
}

func (r *reader) advance(n int) { r.pos += n }

func wrap(e any) error {
	switch e := e.(type) {
	case *CodeError:
		return e.with(ErrMissing)
	case error:
		return newCode(1).with(e)
	}
	return ErrBad
}

func Load(src io.Reader) ([]byte, error) {
	r := &reader{src: src}
	data, err := io.ReadAll(r)
	var code *CodeError
	if errors.As(err, &code) {
		code.with(nil).Error()
		return nil, ErrBad.with(err)
	}
	buf := make([]byte, 10)
	if _, err := r.Read(buf); err != nil && errors.Is(err, ErrMissing) {
		return must(nil, err), nil
	}
	return data, nil
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
