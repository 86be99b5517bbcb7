class A:
    def get(self):
        return self.work

    def work(self):
        self.step()

    def step(self):
        pass


A().get()()
