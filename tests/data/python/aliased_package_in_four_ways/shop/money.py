def pay():
    charge()


def charge():
    pass


def refund():
    pass
