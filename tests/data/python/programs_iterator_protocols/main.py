class Page:
    def __init__(self, number):
        self.number = number

    def rows(self):
        return [Row(self)]


class Row:
    def __init__(self, page):
        self.page = page

    def show(self):
        return self.page.rows()


class Pages:
    def __init__(self, last):
        self.last = last

    def __iter__(self):
        return PageIterator(self.last)


class PageIterator:
    def __init__(self, left):
        self.left = left

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return Page(self.left)


for page in Pages(2):
    for row in page.rows():
        row.show()
rows = [row for page in Pages(1) for row in page.rows()]
first, *rest = rows
first.show()
