from tools import work as toil


def work():
    pass


toil()
