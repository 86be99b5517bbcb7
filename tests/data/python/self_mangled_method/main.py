class Base:
    def run(self):
        self.__work()

    def __work(self):
        pass


class Child(Base):
    def __work(self):
        pass

    def go(self):
        self.__work()


c = Child()
c.run()
c.go()
