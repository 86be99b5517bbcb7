class Base:
    def copy(self):
        return self


class Child(Base):
    def only(self):
        pass


Child().copy().only()
