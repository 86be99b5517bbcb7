package a

func Close() { helper() }

func helper() {}

type File struct{}

func (File) Close() {}
