package ast

type Node interface {
	Pos() int
}

type Expr interface {
	Node
	expr()
}

type (
	Ident struct {
		Name string
		At   int
	}
	Binary struct {
		Left, Right Expr
		Op          string
	}
	Call struct {
		Fun  Expr
		Args []Expr
	}
)

func (i *Ident) Pos() int  { return i.At }
func (b *Binary) Pos() int { return b.Left.Pos() }
func (c *Call) Pos() int   { return c.Fun.Pos() }

func (*Ident) expr()  {}
func (*Binary) expr() {}
func (*Call) expr()   {}

type Visitor interface {
	Visit(n Node) Visitor
}

func Walk(v Visitor, n Node) {
	if v = v.Visit(n); v == nil {
		return
	}
	switch n := n.(type) {
	case *Binary:
		Walk(v, n.Left)
		Walk(v, n.Right)
	case *Call:
		walkList(v, n.Args)
	}
}

func walkList(v Visitor, list []Expr) {
	for _, e := range list {
		Walk(v, e)
	}
}

type inspector func(Node) bool

func (f inspector) Visit(n Node) Visitor {
	if f(n) {
		return f
	}
	return nil
}

func Inspect(n Node, f func(Node) bool) { Walk(inspector(f), n) }
