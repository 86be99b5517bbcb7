package main

import (
	"log"
	"os"

	"github.com/acme/app/domain"
	"github.com/acme/app/memory"
	"github.com/acme/app/service"
)

func main() {
	repo := memory.New()
	repo.OnSave(func(u *domain.User) { announce(u.Name) })
	s := service.New(repo, service.WithLogger(log.New(os.Stderr, "", 0)))
	if err := s.Promote("1"); err != nil {
		log.Fatal(err)
	}
	u, _ := repo.Find("1")
	u.Grant(domain.Guest)
}

func announce(name string) {}
