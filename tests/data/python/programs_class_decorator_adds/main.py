def logged(cls):
    original = cls.run

    def run(self):
        log()
        return original(self)

    cls.run = run
    return cls


def log():
    pass


@logged
class Job:
    def run(self):
        self.step()

    def step(self):
        pass


Job().run()
