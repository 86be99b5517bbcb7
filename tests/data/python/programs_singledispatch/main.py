from functools import singledispatch


@singledispatch
def show(thing):
    return fallback(thing)


@show.register
def _(thing: int):
    return number(thing)


@show.register(str)
def show_text(thing):
    return text(thing)


def fallback(thing):
    pass


def number(thing):
    pass


def text(thing):
    pass


show(1)
show("a")
show(None)
