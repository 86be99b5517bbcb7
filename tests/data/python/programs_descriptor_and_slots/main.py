class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return self.read(instance)

    def read(self, instance):
        return getattr(instance, self.name, 0)


class Item:
    price = Positive()

    def total(self):
        return self.price * 2


Item().total()
