from dataclasses import dataclass


class Engine:
    def start(self):
        pass


@dataclass
class Car:
    engine: Engine

    def go(self):
        self.engine.start()


Car(Engine()).go()
