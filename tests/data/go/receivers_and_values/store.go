package shop

import "sync"

type Store struct {
	mu    sync.Mutex
	items []*Item
	byID  map[string]*Item
	next  *Store
	on    func(int) int
}

type Item struct{ price int }

func (i *Item) Price() int { return i.price }

func (i Item) Name() string { return "" }

func Open(name string) (*Store, error) { return &Store{}, nil }

func (s *Store) First() *Item { return s.items[0] }

func (s *Store) Chain() *Store { return s }

func (s *Store) Run(ch chan *Item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, item := range s.items {
		item.Price()
	}
	for id, item := range s.byID {
		item.Name()
		_ = id
	}
	if item, ok := s.byID["x"]; ok {
		item.Price()
	}
	s.First().Name()
	s.Chain().Chain().First()
	s.next.next.save()
	for item := range ch {
		item.Price()
	}
	got := <-ch
	got.Name()
	local := []Item{{price: 1}, {price: 2}}
	local[0].Price()
	more := append(s.items, &Item{price: 3})
	more[1].Name()
	fresh := new(Item)
	fresh.Price()
	table := map[string]Item{"a": {price: 4}}
	table["a"].Name()
	sub := s.items[1:]
	sub[0].Price()
}

func (s *Store) save() {}

func Use() error {
	store, err := Open("a")
	if err != nil {
		return err
	}
	store.save()
	var other Store
	other.save()
	f := store.First
	f().Price()
	(*Store).save(store)
	return nil
}
