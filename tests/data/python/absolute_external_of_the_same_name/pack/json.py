def dumps(thing):
    pass
