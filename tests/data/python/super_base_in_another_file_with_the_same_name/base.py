class Thing:
    def work(self):
        self.step()

    def step(self):
        pass
