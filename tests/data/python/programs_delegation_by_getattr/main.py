class Engine:
    def start(self):
        return self.spark()

    def spark(self):
        pass


class Car:
    def __init__(self):
        self._engine = Engine()

    def __getattr__(self, name):
        return getattr(self._engine, name)


class Plane:
    def start(self):
        pass


Car().start()
