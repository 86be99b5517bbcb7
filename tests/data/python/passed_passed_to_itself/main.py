def work():
    pass


def loop(step, n):
    if n:
        loop(step, n - 1)
    else:
        step()


loop(work, 3)
