class File:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        pass

    def read(self):
        pass


with File() as file:
    file.read()
