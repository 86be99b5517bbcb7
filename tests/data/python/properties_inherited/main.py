class Base:
    @property
    def size(self):
        return 1


class Child(Base):
    pass


class Other:
    @property
    def size(self):
        return 2


Child().size
