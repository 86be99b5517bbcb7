class A:
    def __init__(self):
        self.step = self.work

    def work(self):
        pass

    def run(self):
        self.step()


A().run()
