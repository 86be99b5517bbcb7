class A:
    def work(self):
        self.step()

    def step(self):
        pass


def run(call):
    call()


run(A().work)
