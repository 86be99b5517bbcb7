def work(n):
    pass


step = lambda n: work(n)
step(1)
