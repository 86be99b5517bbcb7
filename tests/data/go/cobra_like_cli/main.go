package main

import (
	"os"

	"example.com/cli/internal/cmd"
)

var verbose bool

var rootCmd = &cmd.Command{Use: "app"}

var buildCmd = &cmd.Command{
	Use: "build",
	Run: func(c *cmd.Command, args []string) error {
		return build(args)
	},
}

func newTestCmd() *cmd.Command {
	opts := options{}
	c := &cmd.Command{Use: "test", Run: runTest}
	c.PreRun = opts.prepare
	c.Flags().BoolVar(&verbose, "v", false, "")
	return c
}

type options struct{ count int }

func (o *options) prepare(c *cmd.Command) { o.count = len(c.Name()) }

func runTest(c *cmd.Command, args []string) error {
	for _, a := range args {
		if err := check(a); err != nil {
			return err
		}
	}
	return nil
}

func check(string) error { return nil }

func build(args []string) error { return check(args[0]) }

func init() {
	rootCmd.Add(buildCmd, newTestCmd())
	buildCmd.Flags()
}

func main() {
	if err := rootCmd.Execute(os.Args[1:]); err != nil {
		os.Exit(code(err))
	}
}

func code(err error) int { return 1 }
