class A:
    @property
    def size(self):
        return 1

    def twice(self):
        return self.size * 2


A().twice()
