from functools import partial


class A:
    def work(self, n):
        self.step(n)

    def step(self, n):
        pass

    def later(self):
        return partial(self.work, 1)


A().later()()
