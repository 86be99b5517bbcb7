def left():
    pass


def right():
    pass
