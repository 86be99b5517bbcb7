def work():
    pass


def run(step):
    step()


run(work)
