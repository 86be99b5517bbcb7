class Lock:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass


with Lock():
    pass
