def work():
    pass


class Hooks:
    step = None


Hooks.step = work
Hooks.step()
