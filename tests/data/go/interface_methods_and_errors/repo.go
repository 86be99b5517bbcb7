package shop

import (
	"context"
	"errors"

	"example.org/shop/errs"
)

type Item struct{ id int }

func (i *Item) ID() int { return i.id }

type Repo interface {
	Find(ctx context.Context, id int) (*Item, error)
	All() []*Item
}

type memory struct{ items map[int]*Item }

func (m *memory) Find(ctx context.Context, id int) (*Item, error) {
	if item, ok := m.items[id]; ok {
		return item, nil
	}
	return nil, &errs.NotFound{Name: "item"}
}

func (m *memory) All() []*Item {
	out := make([]*Item, 0, len(m.items))
	for _, item := range m.items {
		out = append(out, item)
	}
	return out
}

type Service struct {
	repo Repo
	hook func(*Item)
}

func NewService(repo Repo) *Service { return &Service{repo: repo, hook: log} }

func log(i *Item) { i.ID() }

func (s *Service) Show(ctx context.Context, id int) error {
	item, err := s.repo.Find(ctx, id)
	var missing *errs.NotFound
	if errors.As(err, &missing) {
		return errs.Wrap(missing)
	}
	s.hook(item)
	item.ID()
	for _, one := range s.repo.All() {
		one.ID()
	}
	return nil
}

func run() {
	s := NewService(&memory{items: map[int]*Item{}})
	if err := s.Show(nil, 1); err != nil {
		panic(err.Error())
	}
}
