class Engine:
    def start(self):
        pass


class Car:
    def __init__(self, engine):
        self._engine = engine

    @property
    def engine(self) -> Engine:
        return self._engine


def run(car: Car):
    car.engine.start()


run(Car(Engine()))
