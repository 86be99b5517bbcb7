package main

import (
	"log"
	"net/http"

	"example.com/shop/internal/api"
	db "example.com/shop/internal/storage"
)

func main() {
	store, err := db.Open("x")
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	server := api.NewServer(store, api.WithLimit(3), withName("a"))
	mux := http.NewServeMux()
	mux.HandleFunc("/items", server.handleOr(nil))
	server.Routes(mux)
	run(mux)
}

func withName(name string) api.Option {
	return func(s *api.Server) { s.SetName(name) }
}

func run(h http.Handler) {
	log.Fatal(http.ListenAndServe(":80", h))
}
