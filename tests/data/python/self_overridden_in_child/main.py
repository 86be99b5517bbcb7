class Base:
    def run(self):
        self.work()

    def work(self):
        pass


class Child(Base):
    def work(self):
        pass


Base().run()
Child().run()
