def one():
    pass


def two():
    pass


for n in range(2):
    (one if n else two)()
    step = n and one or two
    step()
