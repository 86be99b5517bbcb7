package main

import (
	"example.org/app/internal/conf"
	"example.org/lib/v1"
	"example.org/lib/deep/er"
)

func main() {
	conf.Load().Check()
	lib.Run()
	er.Run()
}
