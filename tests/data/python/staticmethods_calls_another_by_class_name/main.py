class A:
    @staticmethod
    def one():
        A.two()

    @staticmethod
    def two():
        pass


A.one()
