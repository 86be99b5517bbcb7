def one():
    pass


def two():
    pass


table = {name: f for name, f in [("a", one), ("b", two)]}
for step in table.values():
    step()
