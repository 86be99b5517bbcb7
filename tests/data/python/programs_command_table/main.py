import sys


class App:
    def __init__(self):
        self.commands = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("do_")}

    def do_add(self):
        pass

    def do_remove(self):
        pass

    def helper(self):
        pass

    def run(self, argv):
        command = self.commands.get(argv[0], self.fallback)
        return command()

    def fallback(self):
        self.helper()


app = App()
app.run(["add"])
app.run(["remove"])
app.run(["what"])
