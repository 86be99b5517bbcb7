package domain

import "errors"

var ErrNotFound = errors.New("not found")

type ID string

type User struct {
	ID    ID
	Name  string
	roles []Role
}

type Role int

const (
	Admin Role = iota + 1
	Guest
)

func (r Role) CanEdit() bool { return r == Admin }

func (u *User) Grant(r Role) { u.roles = append(u.roles, r) }

func (u User) CanEdit() bool {
	for _, r := range u.roles {
		if r.CanEdit() {
			return true
		}
	}
	return false
}

type UserRepo interface {
	Find(id ID) (*User, error)
	Save(u *User) error
}
