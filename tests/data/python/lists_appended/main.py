def one():
    pass


def two():
    pass


steps = []
steps.append(one)
steps.insert(0, two)
for step in steps:
    step()
