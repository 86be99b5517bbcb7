class Left:
    def work(self):
        pass


class Right:
    def rest(self):
        pass


class A:
    def __init__(self):
        self.left, self.right = Left(), Right()

    def run(self):
        self.left.work()
        self.right.rest()


A().run()
