class Base:
    @classmethod
    def make(cls):
        return cls()


class Child(Base):
    def __init__(self):
        pass

    def work(self):
        pass


Child.make().work()
