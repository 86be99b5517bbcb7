class Base:
    def run(self):
        self.step()


class Child(Base):
    def __init__(self):
        self.step = self.work

    def work(self):
        pass


Child().run()
