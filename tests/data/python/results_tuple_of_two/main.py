class Left:
    def work(self):
        pass


class Right:
    def work(self):
        pass

    def rest(self):
        pass


def both():
    return Left(), Right()


left, right = both()
left.work()
right.rest()
