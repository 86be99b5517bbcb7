import runner


def work():
    pass


runner.run(work)
