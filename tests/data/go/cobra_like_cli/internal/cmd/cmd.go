package cmd

import (
	"flag"
	"fmt"
	"io"
	"os"
)

type Command struct {
	Use    string
	Run    func(cmd *Command, args []string) error
	PreRun func(cmd *Command)
	parent *Command
	subs   []*Command
	flags  *flag.FlagSet
	out    io.Writer
}

func (c *Command) Add(subs ...*Command) {
	for _, s := range subs {
		s.parent = c
		c.subs = append(c.subs, s)
	}
}

func (c *Command) Flags() *flag.FlagSet {
	if c.flags == nil {
		c.flags = flag.NewFlagSet(c.Name(), flag.ContinueOnError)
	}
	return c.flags
}

func (c *Command) Name() string { return c.Use }

func (c *Command) Root() *Command {
	if c.parent != nil {
		return c.parent.Root()
	}
	return c
}

func (c *Command) Execute(args []string) error {
	sub, rest := c.find(args)
	if sub == nil {
		return c.usage()
	}
	if err := sub.Flags().Parse(rest); err != nil {
		return err
	}
	if sub.PreRun != nil {
		sub.PreRun(sub)
	}
	return sub.Run(sub, rest)
}

func (c *Command) find(args []string) (*Command, []string) {
	for _, s := range c.subs {
		if len(args) > 0 && s.Name() == args[0] {
			if inner, rest := s.find(args[1:]); inner != nil {
				return inner, rest
			}
			return s, args[1:]
		}
	}
	return nil, args
}

func (c *Command) usage() error {
	fmt.Fprintln(c.Out(), c.Root().Name())
	return nil
}

func (c *Command) Out() io.Writer {
	if c.out == nil {
		return os.Stdout
	}
	return c.out
}
