class Meta(type):
    def make(cls):
        return cls()


class A(metaclass=Meta):
    def __init__(self):
        pass


A.make()
