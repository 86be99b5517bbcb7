package er

func Run() { Run2() }
