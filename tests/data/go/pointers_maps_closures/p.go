package p

import (
	"bufio"
	"os"
	"sort"
	"strings"
	"time"
)

type Event struct {
	At   time.Time
	Tags map[string]*Tag
	next *Event
}

type Tag struct{ Name string }

func (t *Tag) Key() string { return strings.ToLower(t.Name) }

type Log struct {
	head  *Event
	byTag map[string][]*Event
	stats struct {
		count int
		last  *Event
	}
}

func (e *Event) Next() *Event { return e.next }

func (e *Event) has(tag string) bool { _, ok := e.Tags[tag]; return ok }

func (l *Log) Add(tags ...string) *Event {
	e := &Event{At: time.Now(), Tags: make(map[string]*Tag), next: l.head}
	for _, name := range tags {
		t := &Tag{name}
		e.Tags[t.Key()] = t
		l.byTag[t.Key()] = append(l.byTag[t.Key()], e)
	}
	l.head, l.stats.last = e, e
	return e
}

func (l *Log) Each(f func(*Event) bool) {
	for e := l.head; e != nil; e = e.Next() {
		if !f(e) {
			return
		}
	}
}

func (l *Log) With(tag string) (found []*Event) {
	l.Each(func(e *Event) bool {
		if e.has(tag) {
			found = append(found, e)
		}
		return true
	})
	sort.Slice(found, func(i, j int) bool { return before(found[i], found[j]) })
	return
}

func before(a, b *Event) bool { return a.At.Before(b.At) }

func (l *Log) Last() *Event { return l.stats.last.Next() }

func (l Log) Tags() (out []string) {
	for tag, events := range l.byTag {
		if len(events) > 0 && events[0].has(tag) {
			out = append(out, events[len(events)-1].Tags[tag].Key())
		}
	}
	return out
}

func Read(path string) (log *Log, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := f.Close(); cerr != nil {
			err = cerr
		}
	}()
	log = new(Log)
	s := bufio.NewScanner(f)
	for s.Scan() {
		log.Add(split(s.Text())...)
	}
	pair := [2]*Log{log, merge(log, nil)}
	pair[1].Last()
	var last = pair[0].Last
	last()
	if e := log.Last(); e.has("x") {
		e.Next().has("y")
	}
	return log, s.Err()
}

func split(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == ',' }) }

func merge(a, b *Log) *Log {
	each := a.Each
	each(func(e *Event) bool { b.Add(); return e != nil })
	return b
}
