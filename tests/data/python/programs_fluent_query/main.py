class Query:
    def __init__(self, model):
        self.model = model
        self.filters = []

    def filter(self, test):
        clone = self._clone()
        clone.filters = [*self.filters, test]
        return clone

    def _clone(self):
        return self.__class__(self.model)

    def all(self):
        return [item for item in self.model.load() if all(test(item) for test in self.filters)]

    def first(self):
        return next(iter(self.all()), None)


class Manager:
    def __get__(self, instance, owner):
        return Query(owner)


class Book:
    @classmethod
    def load(cls):
        return [cls()]

    def title(self):
        return "a"


def cheap(book):
    return book.title()


Query(Book).filter(cheap).first().title()
