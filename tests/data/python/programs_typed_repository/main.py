from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, Iterator, TypeVar

T = TypeVar("T")


class Repository(ABC, Generic[T]):
    @abstractmethod
    def all(self) -> Iterator[T]: ...

    def first(self) -> T | None:
        return next(self.all(), None)

    def count(self) -> int:
        return sum(1 for _ in self.all())


class User:
    def greet(self):
        pass


class Users(Repository[User]):
    def __init__(self, users: list[User]) -> None:
        self._users = users

    def all(self) -> Iterator[User]:
        yield from self._users

    def add(self, user: User) -> Users:
        self._users.append(user)
        return self


def greet_all(users: Users) -> None:
    for user in users.all():
        user.greet()


users = Users([User()]).add(User())
users.count()
greet_all(users)
first = users.first()
if first:
    first.greet()
