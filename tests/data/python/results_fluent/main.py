from __future__ import annotations


class Builder:
    def name(self) -> "Builder":
        return self

    def build(self) -> Thing:
        return Thing()


class Thing:
    def use(self):
        pass


Builder().name().name().build().use()
