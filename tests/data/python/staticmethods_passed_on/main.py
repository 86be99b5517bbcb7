class A:
    @staticmethod
    def work():
        pass


def run(step):
    step()


run(A.work)
