class A:
    def one(self):
        pass


class B(A):
    def get(self):
        return self.one


step = B().get()
step()
