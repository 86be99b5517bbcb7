class Dec:
    def __init__(self, f):
        self.f = f

    def __call__(self):
        return self.f()


@Dec
def work():
    pass


work()
