def sub():
    pass
