def work():
    pass


def outer(**options):
    inner(**options)


def inner(step=None):
    step()


outer(step=work)
