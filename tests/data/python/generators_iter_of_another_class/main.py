class Items:
    def __init__(self, things):
        self.things = things

    def __iter__(self):
        return Cursor(self.things)


class Cursor:
    def __init__(self, things):
        self.left = list(things)

    def __next__(self):
        if not self.left:
            raise StopIteration
        return self.left.pop()


for thing in Items([1]):
    pass
