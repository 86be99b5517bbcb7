from missing_somewhere_else import Unknown


class Known:
    def work(self):
        pass


class C(Known, Unknown):
    def run(self):
        self.work()
        self.other()


class D:
    def other(self):
        pass
