class A:
    @classmethod
    def make(cls):
        return cls()

    def work(self):
        pass


maker = A.make
maker().work()
