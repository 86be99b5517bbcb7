package parser

type token struct {
	kind, text string
	at         int
}

func (t token) is(kind string) bool { return t.kind == kind }

func (t token) prec() int {
	if t.is("op") {
		return precedence[t.text]
	}
	return 0
}

var precedence = map[string]int{"+": 1, "*": 2}

type lexer struct {
	src string
	at  int
}

func newLexer(src string) *lexer { return &lexer{src: src} }

func (l *lexer) scan() (tok token) {
	l.skip()
	switch {
	case isLetter(l.src[l.at]):
		tok = l.ident()
	default:
		tok = token{kind: "op"}
	}
	return
}

func (l *lexer) skip()        { l.at++ }
func (l *lexer) ident() token { return token{"ident", "x", l.at} }
func isLetter(b byte) bool    { return b > 'a' }
