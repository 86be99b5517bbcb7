package service

import (
	"fmt"

	"github.com/acme/app/domain"
)

type Service struct {
	repo domain.UserRepo
	log  logger
}

type logger interface{ Printf(format string, args ...any) }

type Option func(s *Service)

func New(repo domain.UserRepo, options ...Option) *Service {
	s := &Service{repo: repo, log: nop{}}
	for _, o := range options {
		o(s)
	}
	return s
}

func WithLogger(l logger) Option { return func(s *Service) { s.setLogger(l) } }

func (s *Service) setLogger(l logger) { s.log = l }

func (s *Service) Promote(id domain.ID) error {
	u, err := s.repo.Find(id)
	if err != nil {
		return wrap("promote", err)
	}
	if u.CanEdit() {
		s.log.Printf("already %s", u.Name)
		return nil
	}
	u.Grant(domain.Admin)
	return s.repo.Save(u)
}

func wrap(op string, err error) error { return fmt.Errorf("%s: %w", op, err) }

type nop struct{}

func (nop) Printf(string, ...any) {}
