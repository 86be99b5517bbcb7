package store

func Go() {}
