class Base:
    def run(self):
        self.hook()

    def hook(self):
        raise NotImplementedError


class Left(Base):
    def hook(self):
        pass


class Right(Base):
    def hook(self):
        pass


class Stranger:
    def hook(self):
        pass


Left().run()
Right().run()
