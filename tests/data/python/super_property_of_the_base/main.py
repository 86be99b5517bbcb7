class A:
    @property
    def size(self):
        return 1


class B(A):
    @property
    def size(self):
        return super().size + 1


B().size
