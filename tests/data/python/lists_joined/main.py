def one():
    pass


def two():
    pass


for step in [one] + [two]:
    step()
more = [one]
more += [two]
more.extend([one])
for step in reversed(more):
    step()
