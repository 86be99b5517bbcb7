def work():
    pass


def run():
    run.step()


run.step = work
run()
