def work():
    pass


outer = lambda: lambda: work()
outer()()
