import facade
facade.core.work()
