package shop

func before() { after() }

func broken( {
	x :=
}

type Kept struct{ n int }

func after() {}
