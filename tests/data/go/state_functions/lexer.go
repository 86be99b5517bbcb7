package lexer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type itemType int

const (
	itemError itemType = iota
	itemText
	itemAction
)

func (t itemType) String() string { return names[t] }

var names = map[itemType]string{itemError: "error"}

type item struct {
	typ itemType
	val string
}

func (i item) describe() string {
	switch {
	case i.typ == itemError:
		return i.val
	case len(i.val) > 10:
		return short(i.val)
	}
	return i.typ.String()
}

func short(s string) string { return s[:10] }

type stateFn func(*lexer) stateFn

type lexer struct {
	input string
	start int
	pos   int
	items chan item
	state stateFn
	stack []stateFn
}

func lex(input string) *lexer {
	l := &lexer{input: input, items: make(chan item), state: lexText}
	go l.run()
	return l
}

func (l *lexer) run() {
	for state := stateFn(lexText); state != nil; {
		state = state(l)
	}
	close(l.items)
}

func (l *lexer) next() (r rune) {
	r, w := utf8.DecodeRuneInString(l.input[l.pos:])
	l.pos += w
	return r
}

func (l *lexer) emit(t itemType) {
	l.items <- item{t, l.input[l.start:l.pos]}
	l.start = l.pos
}

func (l *lexer) accept(valid func(rune) bool) bool {
	if valid(l.next()) {
		return true
	}
	l.backup()
	return false
}

func (l *lexer) backup() { l.pos-- }

func lexText(l *lexer) stateFn {
	for {
		if strings.HasPrefix(l.input[l.pos:], "{{") {
			l.emit(itemText)
			return lexAction
		}
		if l.next() == -1 {
			break
		}
	}
	return nil
}

func lexAction(l *lexer) stateFn {
	for l.accept(unicode.IsLetter) || l.accept(isExtra) {
	}
	l.emit(itemAction)
	return lexText
}

func isExtra(r rune) bool { return r == '_' }

func (l *lexer) push(s stateFn) { l.stack = append(l.stack, s) }

func collect(input string) []string {
	l := lex(input)
	l.push(lexAction)
	l.state(l)
	var out []string
	for it := range l.items {
		out = append(out, it.describe())
	}
	return out
}
