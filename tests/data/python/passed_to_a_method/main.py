def work():
    pass


class A:
    def run(self, step):
        step()


A().run(work)
