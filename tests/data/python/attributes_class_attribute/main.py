def one():
    pass


class Tool:
    def use(self):
        pass


class A:
    tool = Tool()
    kind = Tool

    def run(self):
        self.tool.use()
        A.tool.use()
        self.kind().use()


A().run()
