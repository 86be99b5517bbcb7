class Base:
    def __init__(self, **kwargs):
        self.setup()

    def setup(self):
        pass


class Left(Base):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.left()

    def left(self):
        pass


class Right(Base):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.right()

    def right(self):
        pass


class Both(Left, Right):
    def setup(self):
        super().setup()


Both()
