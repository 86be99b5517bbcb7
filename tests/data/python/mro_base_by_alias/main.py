class A:
    def work(self):
        pass


Parent = A


class Child(Parent):
    pass


Child().work()
