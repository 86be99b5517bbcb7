class Row:
    def __init__(self, text):
        self.text = text

    def parse(self):
        return Record(self)


class Record:
    def __init__(self, row):
        self.row = row

    def valid(self):
        return True

    def save(self):
        pass


def read(lines):
    for line in lines:
        yield Row(line)


def parse(rows):
    return (row.parse() for row in rows)


def keep(records):
    for record in records:
        if record.valid():
            yield record


def main():
    for record in keep(parse(read(["a", "b"]))):
        record.save()


main()
