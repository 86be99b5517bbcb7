from __future__ import annotations

from . import items


class Cart:
    def __init__(self, items: list[items.Item] | None = None):
        self._items = items or []

    def add(self, item: items.Item) -> Cart:
        self._items.append(item)
        return self

    def total(self):
        return sum(item.cost() for item in self._items)
