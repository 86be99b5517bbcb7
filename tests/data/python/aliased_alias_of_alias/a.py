def original():
    pass
