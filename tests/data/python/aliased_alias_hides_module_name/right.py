def only_left():
    pass


def only_right():
    pass
