def one():
    pass


if (step := one):
    step()
