def work(self):
    self.step()


class A:
    work = work

    def step(self):
        pass


A().work()
