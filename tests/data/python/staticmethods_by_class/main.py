class A:
    @staticmethod
    def work():
        pass


A.work()
