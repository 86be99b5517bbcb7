def work():
    pass


def run(step):
    step()


run(lambda: work())
