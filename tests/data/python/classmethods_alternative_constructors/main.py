class Point:
    def __init__(self, x):
        pass

    @classmethod
    def parse(cls, text):
        return cls(int(text))

    @classmethod
    def origin(cls):
        return cls.parse("0")

    def show(self):
        pass


Point.origin().show()
