package main

import (
	"fmt"
	"os"
	"strings"
)

type command struct {
	name string
	run  func(args []string) error
}

var commands = []command{
	{"add", add},
	{name: "list", run: list},
	{"help", func(args []string) error { usage(); return nil }},
}

var aliases = map[string]func([]string) error{
	"a": add,
	"l": func(a []string) error { return list(a) },
}

var registry = map[string]*command{}

func init() {
	for i := range commands {
		register(&commands[i])
	}
}

func init() {
	register(&command{name: "rm", run: remove})
}

func register(c *command) { registry[c.name] = c }

func main() {
	if len(os.Args) < 2 {
		usage()
		os.Exit(1)
	}
	name := strings.ToLower(os.Args[1])
	if err := dispatch(name, os.Args[2:]); err != nil {
		fmt.Println(err)
	}
}

func dispatch(name string, args []string) error {
	for _, c := range commands {
		if c.name == name {
			return c.run(args)
		}
	}
	if f, ok := aliases[name]; ok {
		return f(args)
	}
	if c := registry[name]; c != nil {
		return c.run(args)
	}
	return fmt.Errorf("unknown %q", name)
}

func add(args []string) error    { return save(args) }
func list(args []string) error   { return nil }
func remove(args []string) error { return save(nil) }
func save(args []string) error   { return nil }
func usage()                     {}
