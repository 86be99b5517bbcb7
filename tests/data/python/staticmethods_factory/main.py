class A:
    @staticmethod
    def make():
        return A()

    def work(self):
        pass


A.make().work()
