class A:
    def work(self):
        pass

    @classmethod
    def run(cls, one):
        cls.work(one)


A.run(A())
