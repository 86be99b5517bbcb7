class A:
    def run(self):
        def inner():
            self.work()
        inner()

    def work(self):
        pass


A().run()
