class Engine:
    def start(self):
        pass


class Boat:
    def start(self):
        pass


class Car:
    def __init__(self):
        self.engine = Engine()

    def go(self):
        self.engine.start()


Car().go()
