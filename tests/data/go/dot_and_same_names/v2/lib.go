package lib

func Start() { stop() }
func stop()  {}
