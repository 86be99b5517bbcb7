def one():
    pass


class A:
    @staticmethod
    def run(step):
        step()

    def go(self):
        self.run(one)


A.run(one)
A().go()
