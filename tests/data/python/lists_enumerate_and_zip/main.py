def one():
    pass


def two():
    pass


for n, step in enumerate([one]):
    step()
for step, n in zip([two], [1]):
    step()
