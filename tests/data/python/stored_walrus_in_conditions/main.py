class Match:
    def group(self):
        return "x"


def search(text):
    return Match() if text else None


def scan(lines):
    if (found := search(lines[0])) is not None:
        found.group()
    while chunk := read():
        chunk.group()
    return [hit.group() for line in lines if (hit := search(line))]


state = [1]


def read():
    return Match() if state.pop() and state else None


scan(["a"])
