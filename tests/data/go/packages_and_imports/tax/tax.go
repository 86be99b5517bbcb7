package tax

func VAT() int { return total() }

func total() int { return 20 }
