class Tool:
    def use(self):
        pass


class A:
    def __init__(self):
        self.tool = None

    def prepare(self):
        self.tool = Tool()

    def run(self):
        self.tool.use()


a = A()
a.prepare()
a.run()
