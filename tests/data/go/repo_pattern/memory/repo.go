package memory

import (
	"sync"

	"github.com/acme/app/domain"
)

type Repo struct {
	mu    sync.Mutex
	users map[domain.ID]*domain.User
	onSave []func(*domain.User)
}

var _ domain.UserRepo = (*Repo)(nil)

func New() *Repo { return &Repo{users: map[domain.ID]*domain.User{}} }

func (r *Repo) OnSave(f func(*domain.User)) { r.onSave = append(r.onSave, f) }

func (r *Repo) Find(id domain.ID) (*domain.User, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if u, ok := r.users[id]; ok {
		return clone(u), nil
	}
	return nil, domain.ErrNotFound
}

func (r *Repo) Save(u *domain.User) error {
	r.users[u.ID] = clone(u)
	for _, f := range r.onSave {
		f(u)
	}
	return nil
}

func clone(u *domain.User) *domain.User {
	c := *u
	return &c
}
