class Handle:
    def read(self):
        pass


class Opener:
    def __enter__(self):
        return Handle()

    def __exit__(self, *error):
        pass

    def read(self):
        pass


with Opener() as handle:
    handle.read()
