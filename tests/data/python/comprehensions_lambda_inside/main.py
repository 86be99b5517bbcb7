def work(n):
    pass


steps = [lambda: work(n) for n in range(2)]
steps[0]()
