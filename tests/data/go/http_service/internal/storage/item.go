package storage

type Item struct {
	id   string
	dead bool
}

func NewItem(id string) *Item { return &Item{id: id} }

func (i *Item) Key() string    { return i.id }
func (i *Item) Expired() bool  { return i.dead }
func (i *Item) release()       { i.dead = true }
