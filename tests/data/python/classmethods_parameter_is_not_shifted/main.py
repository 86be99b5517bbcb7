def work():
    pass


class A:
    @classmethod
    def run(cls, step):
        step()


A.run(work)
A().run(work)
