def dec(kind):
    kind.extra()
    return kind


@dec
class A:
    def __init__(self):
        pass

    @classmethod
    def extra(cls):
        pass


A()
