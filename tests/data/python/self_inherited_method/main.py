class Base:
    def work(self):
        pass


class A(Base):
    def run(self):
        self.work()


A().run()
