from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self):
        ...

    def report(self):
        return self.area()


class Square(Shape):
    def area(self):
        return 1


class Circle(Shape):
    def area(self):
        return 3


def total(shapes: list[Shape]):
    return sum(shape.area() for shape in shapes)


total([Square(), Circle()])
Square().report()
