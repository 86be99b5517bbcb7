package a

type T struct{}

func New() *T       { return &T{} }
func (t *T) Run()   { run() }
func run()          {}
func Helper() string { return "a" }
