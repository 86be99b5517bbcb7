import c


def go_on():
    c.stop()
