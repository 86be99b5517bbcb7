class Item:
    def __init__(self, name, tags):
        self.name = name
        self.tags = set(tags)

    def matches(self, tag):
        return tag in self.tags


class Index:
    def __init__(self):
        self._by_tag = {}

    def add(self, item):
        for tag in item.tags:
            self._by_tag.setdefault(tag, set()).add(item)

    def find(self, tag):
        return self._by_tag.get(tag, ())


class Inventory:
    def __init__(self, index=None):
        self.index = index or Index()
        self.items = {}

    def __len__(self):
        return len(self.items)

    def put(self, item):
        self.items[item.name] = item
        self.index.add(item)
        return item

    def tagged(self, tag):
        return sorted(self.index.find(tag), key=lambda item: item.name)


inventory = Inventory()
inventory.put(Item("a", ["x"])).matches("x")
for item in inventory.tagged("x"):
    item.matches("y")
