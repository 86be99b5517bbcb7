package api

import (
	"encoding/json"
	"net/http"

	"example.com/shop/internal/storage"
)

type Option func(*Server)

type Store interface {
	Get(id string) (*storage.Item, error)
	Put(item *storage.Item) error
}

type Server struct {
	store Store
	limit int
	name  string
}

func NewServer(store Store, opts ...Option) *Server {
	s := &Server{store: store}
	for _, opt := range opts {
		opt(s)
	}
	return s
}

func WithLimit(n int) Option {
	return func(s *Server) {
		s.limit = clamp(n)
	}
}

func (s *Server) SetName(name string) { s.name = name }

func (s *Server) Routes(mux *http.ServeMux) {
	mux.HandleFunc("/get", s.get)
	mux.Handle("/put", s.wrap(http.HandlerFunc(s.put)))
}

func (s *Server) get(w http.ResponseWriter, r *http.Request) {
	item, err := s.store.Get(r.URL.Path)
	if err != nil {
		fail(w, err)
		return
	}
	if item.Expired() {
		fail(w, nil)
	}
	json.NewEncoder(w).Encode(item)
}

func (s *Server) put(w http.ResponseWriter, r *http.Request) {
	item := storage.NewItem(r.URL.Path)
	if err := s.store.Put(item); err != nil {
		fail(w, err)
	}
}

func (s *Server) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.SetName(r.Host)
		next.ServeHTTP(w, r)
	})
}

func (s *Server) handleOr(h http.HandlerFunc) http.HandlerFunc {
	if h == nil {
		return s.get
	}
	return h
}
