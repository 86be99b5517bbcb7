def before():
    pass


def after():
    pass


hook = before


def install():
    global hook
    hook = after


def fire():
    hook()


fire()
install()
fire()
