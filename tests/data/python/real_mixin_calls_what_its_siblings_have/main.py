class NameMixin:
    def title(self):
        return self.first().upper()


class Base:
    def first(self):
        return "a"

    def show(self):
        return self.title()


class Page(NameMixin, Base):
    pass


class Other:
    def first(self):
        return "b"

    def title(self):
        return "c"


Page().show()
