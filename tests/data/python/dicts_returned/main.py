def one():
    pass


def make():
    return {"a": one}


make()["a"]()
