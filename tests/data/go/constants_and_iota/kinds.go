package shop

// Kind says what it is.
type Kind int

const (
	// First of them.
	First Kind = iota
	Second
	third
)

var (
	Default = First
	a, b    = pair()
)

func pair() (Kind, Kind) { return First, Second }

func (k Kind) String() string { return "" }

type Alias = Kind

func describe(x Alias) string {
	Second.String()
	Default.String()
	a.String()
	return x.String()
}

func init() { describe(third) }

func init() {}
