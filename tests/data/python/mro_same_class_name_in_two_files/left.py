class Base:
    def work(self):
        pass

    def rest(self):
        pass
