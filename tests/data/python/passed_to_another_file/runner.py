def run(step):
    helper(step)


def helper(step):
    step()


def work():
    pass
