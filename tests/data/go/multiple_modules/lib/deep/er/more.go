package er

func Run2() {}
