def join(a, b):
    pass
