import tools
tools.work()
