import argparse


class Command:
    name = ""

    def __init__(self, out):
        self.out = out

    def configure(self, parser):
        pass

    def handle(self, options):
        raise NotImplementedError


class Add(Command):
    name = "add"

    def configure(self, parser):
        parser.add_argument("what")

    def handle(self, options):
        return self.out(options.what)


class List(Command):
    name = "list"

    def handle(self, options):
        return self.out("all")


COMMANDS = [Add, List]


def echo(text):
    pass


def main(argv):
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers(dest="command")
    commands = {kind.name: kind(echo) for kind in COMMANDS}
    for name, command in commands.items():
        command.configure(subparsers.add_parser(name))
    options = parser.parse_args(argv)
    return commands[options.command].handle(options)


main(["add", "x"])
main(["list"])
