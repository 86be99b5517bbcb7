def run():
    import tools
    tools.work()


def other():
    from tools import more
    more()


run()
other()
