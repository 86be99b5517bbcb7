package errs

import "fmt"

type NotFound struct{ Name string }

func (n *NotFound) Error() string { return fmt.Sprintf("no %s", n.Name) }

func Wrap(err error) error { return fmt.Errorf("x: %w", err) }
