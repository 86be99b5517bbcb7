class Tool:
    def use(self):
        pass


class Other:
    def use(self):
        pass


class Base:
    def __init__(self):
        self.__tool = Tool()

    def run(self):
        self.__tool.use()


class Child(Base):
    def __init__(self):
        super().__init__()
        self.__tool = Other()

    def go(self):
        self.__tool.use()


c = Child()
c.run()
c.go()
