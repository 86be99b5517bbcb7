class Root:
    def work(self):
        pass


class Left(Root):
    def work(self):
        super().work()


class Right(Root):
    def work(self):
        super().work()


class Both(Left, Right):
    def work(self):
        super().work()


Both().work()
