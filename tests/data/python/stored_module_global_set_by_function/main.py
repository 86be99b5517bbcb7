hook = None


def work():
    pass


def install(step):
    global hook
    hook = step


def fire():
    hook()


install(work)
fire()
