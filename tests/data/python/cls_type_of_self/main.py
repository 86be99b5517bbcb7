class Base:
    def copy(self):
        return type(self)()

    def again(self):
        return self.__class__()


class Child(Base):
    def __init__(self):
        pass


Child().copy()
Child().again()
