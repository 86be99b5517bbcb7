package parser

import (
	"fmt"

	"example.com/lang/ast"
)

type Parser struct {
	lex  *lexer
	tok  token
	errs []error
}

func Parse(src string) (ast.Expr, []error) {
	p := &Parser{lex: newLexer(src)}
	p.next()
	return p.expr(0), p.errs
}

func (p *Parser) next() { p.tok = p.lex.scan() }

func (p *Parser) expr(prec int) ast.Expr {
	left := p.primary()
	for p.tok.prec() > prec {
		op := p.tok
		p.next()
		left = &ast.Binary{Left: left, Right: p.expr(op.prec()), Op: op.text}
	}
	return left
}

func (p *Parser) primary() ast.Expr {
	name := p.expect("ident")
	id := &ast.Ident{Name: name.text, At: name.at}
	if p.tok.is("(") {
		return p.call(id)
	}
	return id
}

func (p *Parser) call(fun ast.Expr) *ast.Call {
	c := &ast.Call{Fun: fun}
	for !p.tok.is(")") {
		c.Args = append(c.Args, p.expr(0))
	}
	return c
}

func (p *Parser) expect(kind string) (t token) {
	if t = p.tok; !t.is(kind) {
		p.errorf("at %d", t.at)
	}
	p.next()
	return t
}

func (p *Parser) errorf(format string, args ...interface{}) {
	p.errs = append(p.errs, fmt.Errorf(format, args...))
}

func Names(src string) (names []string) {
	e, _ := Parse(src)
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names = append(names, id.Name)
			note(id.Pos())
		}
		return true
	})
	return names
}

func note(int) {}
