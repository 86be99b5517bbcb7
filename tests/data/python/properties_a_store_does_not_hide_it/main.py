class Query:
    def load(self, text):
        pass


class Page:
    def __init__(self):
        self._query = Query()

    @property
    def query(self):
        return self._query

    @query.setter
    def query(self, text):
        self._query.load(text)

    def run(self):
        self.query.load("a")


page = Page()
page.query = "text"
page.run()
page.query.load("b")
