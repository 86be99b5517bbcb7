class Tool:
    def use(self):
        pass


class Base:
    def __init__(self):
        self.tool = Tool()


class Child(Base):
    def run(self):
        self.tool.use()


Child().run()
