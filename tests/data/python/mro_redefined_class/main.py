class A:
    def old(self):
        pass


class A(A):
    def new(self):
        self.old()


A().new()
