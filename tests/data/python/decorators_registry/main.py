HANDLERS = []


def register(f):
    HANDLERS.append(f)
    return f


@register
def one():
    pass


@register
def two():
    pass


def run():
    for handler in HANDLERS:
        handler()


run()
