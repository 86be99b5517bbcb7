class Base:
    makers = []

    @classmethod
    def register(cls, maker):
        cls.makers.append(maker)

    @classmethod
    def run(cls):
        for maker in cls.makers:
            maker()


def one():
    pass


Base.register(one)
Base.run()
