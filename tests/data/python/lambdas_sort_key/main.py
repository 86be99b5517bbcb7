class Item:
    def price(self):
        return 1


items = [Item(), Item()]
items.sort(key=lambda item: item.price())
