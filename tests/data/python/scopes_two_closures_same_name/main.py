def left():
    def run():
        shared_left()
    return run


def right():
    def run():
        shared_right()
    return run


def shared_left():
    pass


def shared_right():
    pass


left()()
go = right()
go()
