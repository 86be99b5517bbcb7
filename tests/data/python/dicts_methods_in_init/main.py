class A:
    def __init__(self):
        self.table = {"a": self.one, "b": self.two}

    def run(self, name):
        self.table[name]()

    def one(self):
        pass

    def two(self):
        pass


a = A()
a.run("a")
a.run("b")
