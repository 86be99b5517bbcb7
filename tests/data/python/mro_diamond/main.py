class Root:
    def work(self):
        pass


class Left(Root):
    pass


class Right(Root):
    def work(self):
        pass


class Both(Left, Right):
    pass


Both().work()
