def left():
    pass


def right():
    pass


first, second = right, left
first()
