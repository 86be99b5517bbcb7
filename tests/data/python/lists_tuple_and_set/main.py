def one():
    pass


def two():
    pass


pair = (one, two)
pair[-1]()
for step in {one}:
    step()
