def private():
    pass
