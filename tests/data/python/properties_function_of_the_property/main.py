def work():
    pass


class A:
    @property
    def step(self):
        return work


A().step()
