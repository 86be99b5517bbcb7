class A:
    @property
    def size(self):
        return self.count()

    def count(self):
        return 1


A().size
