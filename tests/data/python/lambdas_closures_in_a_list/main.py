def make(actions):
    return [lambda action=action: action() for action in actions]


def one():
    pass


def two():
    pass


for run in make([one, two]):
    run()
pick = (lambda flag: one if flag else two)
pick(True)()
compose = lambda f, g: lambda: f(g())
compose(str, one)()
