package base

type Base struct{ ID int }

func (b *Base) Save() { b.validate() }

func (b *Base) validate() {}

func (b Base) Name() string { return "" }
