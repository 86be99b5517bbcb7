class Valve:
    def open(self):
        pass


class Engine:
    def __init__(self):
        self.valve = Valve()


class Car:
    def __init__(self):
        self.engine = Engine()

    def run(self):
        self.engine.valve.open()


Car().run()
