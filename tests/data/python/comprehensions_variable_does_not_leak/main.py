def step():
    pass


def other():
    pass


[step for step in (other,)]
step()
