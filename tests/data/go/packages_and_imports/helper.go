package main

func helper() { total() }

func total() int { return 1 }
