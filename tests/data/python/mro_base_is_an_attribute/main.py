class Outer:
    class Base:
        def work(self):
            pass


class Child(Outer.Base):
    pass


Child().work()
