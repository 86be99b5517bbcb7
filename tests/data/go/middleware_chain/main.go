package main

import (
	"fmt"
	"net/http"

	. "example.com/web/web"
)

func logging(next Handler) Handler {
	return HandlerFunc(func(c *Context) error {
		fmt.Println("before")
		defer trace("x")()
		return next.Serve(c)
	})
}

func trace(name string) func() {
	start(name)
	return func() { end(name) }
}

func start(string) {}
func end(string)   {}

type hello struct{ greeting string }

func (h hello) Serve(c *Context) error { return c.Text(200, h.greeting+c.Param("name")) }

func main() {
	r := NewRouter()
	r.Use(logging)
	r.Get("/", index)
	api := r.Group("/api")
	api.Handle("/hello", hello{"hi"})
	http.ListenAndServe(":1", r)
}

func index(c *Context) error { return c.Text(200, "index") }
