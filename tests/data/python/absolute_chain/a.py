from b import go_on


def go():
    go_on()
