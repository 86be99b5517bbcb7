class Outer:
    def run(self):
        self.Inner().run()

    def work(self):
        pass

    class Inner:
        def run(self):
            self.work()

        def work(self):
            pass


Outer().run()
