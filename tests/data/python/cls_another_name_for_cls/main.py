class A:
    @classmethod
    def run(kind):
        kind.work()

    @classmethod
    def work(kind):
        pass


A.run()
