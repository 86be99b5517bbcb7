class Query:
    def load(self, text):
        pass


class WithQuery:
    def __init__(self):
        self._query = Query()

    @property
    def query(self):
        return self._query

    def __setattr__(self, name, value):
        if name == "query":
            self._query.load(value)
        else:
            object.__setattr__(self, name, value)


class Page(WithQuery):
    def part(self):
        return self

    def run(self):
        self.query.load("a")
