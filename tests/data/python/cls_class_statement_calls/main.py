class Meta(type):
    def __new__(mcs, name, bases, namespace):
        return super().__new__(mcs, name, bases, mcs.prepared(namespace))

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        cls.register()

    @staticmethod
    def prepared(namespace):
        return namespace

    def register(cls):
        pass


class Root(metaclass=Meta):
    pass


def leaf():
    class Leaf(Root):
        pass

    return Leaf


class Plugin:
    known = []

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.announce()

    @classmethod
    def announce(cls):
        Plugin.known.append(cls)


class First(Plugin):
    pass


leaf()
