class Base:
    def __init__(self):
        pass


class Child(Base):
    class Inner:
        pass

    def make(self):
        return Child(), self.Inner(), Base()


class Other:
    class Inner:
        pass
