def work():
    pass


step = work
step()
