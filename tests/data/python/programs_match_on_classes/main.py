class Circle:
    def __init__(self, radius):
        self.radius = radius

    def round(self):
        pass


class Square:
    def flat(self):
        pass


def draw(shape):
    match shape:
        case Circle(radius=size) as circle:
            circle.round()
        case Square():
            shape.flat()
        case [Circle() as head, *_]:
            head.round()
        case {"shape": Square() as inner}:
            inner.flat()
        case _:
            fail()


def fail():
    pass


draw(Circle(1))
draw(Square())
draw([Circle(2)])
draw({"shape": Square()})
draw(None)
