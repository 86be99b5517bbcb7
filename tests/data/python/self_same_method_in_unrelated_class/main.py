class A:
    def run(self):
        self.work()

    def work(self):
        pass


class B:
    def work(self):
        pass


A().run()
