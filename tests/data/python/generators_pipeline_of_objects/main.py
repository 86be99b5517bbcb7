class Row:
    def __init__(self, text):
        self.text = text

    def clean(self):
        return Row(self.text)

    def save(self):
        pass


def read():
    for text in "ab":
        yield Row(text)


def cleaned(rows):
    for row in rows:
        yield row.clean()


def batches(rows):
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == 1:
            yield batch
            batch = []


for batch in batches(cleaned(read())):
    for row in batch:
        row.save()
first = next(read())
first.save()
