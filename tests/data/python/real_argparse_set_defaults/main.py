import argparse


class Record:
    def __init__(self, args):
        pass

    def execute(self):
        pass


class Play:
    def __init__(self, args):
        pass

    def execute(self):
        pass


def helper(args):
    pass


parser = argparse.ArgumentParser()
commands = parser.add_subparsers()
record = commands.add_parser("rec")
record.set_defaults(cmd=Record, func=helper)
play = commands.add_parser("play")
play.set_defaults(cmd=Play)


def main():
    for line in (["rec"], ["play"]):
        args = parser.parse_args(line)
        command = args.cmd(args)
        command.execute()
        if line == ["rec"]:
            args.func(args)


main()
