package web

import (
	"context"
	"net/http"
	"strings"
)

type Handler interface {
	Serve(c *Context) error
}

type HandlerFunc func(c *Context) error

func (f HandlerFunc) Serve(c *Context) error { return f(c) }

type Middleware func(Handler) Handler

type Context struct {
	context.Context
	w      http.ResponseWriter
	params map[string]string
}

func (c *Context) Param(name string) string { return c.params[normalize(name)] }
func (c *Context) Text(code int, s string) error {
	c.w.WriteHeader(code)
	_, err := c.w.Write([]byte(s))
	return err
}

func normalize(s string) string { return strings.ToLower(s) }

type Router struct {
	*group
	routes map[string]Handler
}

type group struct {
	prefix string
	chain  []Middleware
	router *Router
}

func NewRouter() *Router {
	r := &Router{routes: make(map[string]Handler)}
	r.group = &group{router: r}
	return r
}

func (g *group) Use(m ...Middleware) { g.chain = append(g.chain, m...) }

func (g *group) Handle(path string, h Handler) {
	for i := len(g.chain) - 1; i >= 0; i-- {
		h = g.chain[i](h)
	}
	g.router.add(g.prefix+path, h)
}

func (g *group) Get(path string, f func(c *Context) error) { g.Handle("GET "+path, HandlerFunc(f)) }

func (g *group) Group(prefix string) *group {
	return &group{prefix: g.prefix + prefix, router: g.router}
}

func (r *Router) add(path string, h Handler) { r.routes[path] = h }

func (r *Router) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	c := &Context{Context: req.Context(), w: w}
	h, ok := r.routes[req.URL.Path]
	if !ok {
		c.Text(404, "none")
		return
	}
	if err := h.Serve(c); err != nil {
		c.Text(500, err.Error())
	}
}
