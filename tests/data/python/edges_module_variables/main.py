count = 0
LIMIT = 3


def bump():
    global count
    count += 1


def left():
    return LIMIT - count


def local():
    count = 5
    return count
