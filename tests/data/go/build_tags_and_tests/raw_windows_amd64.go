package shop

func raw() {}
