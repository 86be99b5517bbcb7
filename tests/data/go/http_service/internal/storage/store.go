package storage

import "sync"

type DB struct {
	sync.RWMutex
	items map[string]*Item
}

func Open(path string) (*DB, error) {
	db := &DB{items: make(map[string]*Item)}
	if err := db.load(path); err != nil {
		return nil, err
	}
	return db, nil
}

func (db *DB) load(path string) error { return nil }

func (db *DB) Close() error {
	db.Lock()
	defer db.Unlock()
	for _, item := range db.items {
		item.release()
	}
	return nil
}

func (db *DB) Get(id string) (*Item, error) {
	db.RLock()
	item, ok := db.items[id]
	if !ok {
		item = NewItem(id)
	}
	return item, nil
}

func (db *DB) Put(item *Item) error {
	db.items[item.Key()] = item
	return nil
}
