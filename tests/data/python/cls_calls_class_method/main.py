class A:
    @classmethod
    def run(cls):
        cls.work()

    @classmethod
    def work(cls):
        pass


A.run()
