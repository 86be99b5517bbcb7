class Tool:
    def use(self):
        pass


class A:
    def __init__(self, tool=None):
        self.tool = tool or Tool()

    def run(self):
        self.tool.use()


A().run()
