class Text:
    def join(self, parts):
        pass

    def format(self):
        pass


def run():
    ", ".join(["a"])
    "{}".format(1)
    [].append(1)


def append(n):
    pass


run()
