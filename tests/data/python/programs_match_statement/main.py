class Point:
    def __init__(self, x):
        self.x = x

    def move(self):
        pass


class Line:
    def draw(self):
        pass


def handle(shape):
    match shape:
        case Point() as point:
            point.move()
        case Line():
            shape.draw()
        case [first, *rest]:
            handle(first)
        case {"shape": inner}:
            handle(inner)
        case _:
            other(shape)


def other(shape):
    pass


handle(Point(1))
handle([Line(), 1])
handle({"shape": None})
