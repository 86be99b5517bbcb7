from __future__ import annotations

from typing import Callable, Generic, TypeVar

T = TypeVar("T")


class User:
    def greet(self):
        pass


class Repository(Generic[T]):
    def __init__(self, make: Callable[[], T]):
        self.make = make
        self.items: dict[int, T] = {}

    def get(self, key: int) -> T:
        if key not in self.items:
            self.items[key] = self.make()
        return self.items[key]


class Users(Repository[User]):
    def first(self) -> User:
        return self.get(1)


users = Users(User)
users.first().greet()
users.get(2).greet()
