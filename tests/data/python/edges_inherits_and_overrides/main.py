class Base:
    def work(self):
        pass

    def rest(self):
        pass


class Middle(Base):
    pass


class Child(Middle):
    def work(self):
        pass

    def other(self):
        pass
