import pack.work


def run():
    pack.work.work()


run()
