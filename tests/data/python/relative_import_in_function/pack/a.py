def run():
    from .b import work
    work()


def other():
    return work()
