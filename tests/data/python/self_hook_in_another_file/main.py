from readers import Base


class Lines(Base):
    def read(self):
        return []

    @classmethod
    def accepts(cls, name):
        return True
