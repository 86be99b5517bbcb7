package main

import (
	. "example.com/names/a"
	"example.com/names/b"
	lib "example.com/names/v2"
)

func run(t interface{ Run() }) { t.Run() }

func main() {
	New().Run()
	t := b.New()
	t.Run()
	run(t)
	Helper()
	{
		run := b.Helper
		run()
	}
	b := other{}
	b.New()
	lib.Start()
}

type other struct{}

func (other) New() {}
