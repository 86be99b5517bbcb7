class A:
    step = lambda self: self.work()

    def work(self):
        pass


A().step()
