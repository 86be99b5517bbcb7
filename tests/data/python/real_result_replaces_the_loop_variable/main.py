class Statement:
    def touch(self):
        pass


class Splitter:
    def process(self, text):
        yield Statement()


def group(stmt):
    stmt.touch()
    return stmt


def run(text):
    stream = Splitter().process(text)
    for stmt in stream:
        stmt = group(stmt)
        stmt.touch()
        yield stmt


list(run("a"))
