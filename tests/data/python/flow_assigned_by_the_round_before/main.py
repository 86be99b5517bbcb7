def start():
    return step


def step():
    return stop


def stop():
    return None


def drive():
    state = start
    while state:
        state = state()


drive()
handlers = [start, stop]
for handler in handlers:
    pass
handler()
