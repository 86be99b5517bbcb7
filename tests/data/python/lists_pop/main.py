def one():
    pass


steps = [one]
steps.pop()()
