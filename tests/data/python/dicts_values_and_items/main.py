def one():
    pass


def two():
    pass


for step in {"a": one}.values():
    step()
for name, step in {"b": two}.items():
    step()
