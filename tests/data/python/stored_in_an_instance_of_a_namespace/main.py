from types import SimpleNamespace


def one():
    pass


class Box:
    pass


box = Box()
box.step = one
box.step()
space = SimpleNamespace(step=one)
space.step()
