def stop():
    pass
