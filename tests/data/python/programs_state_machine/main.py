class State:
    def enter(self, machine):
        return self


class Open(State):
    def next(self, machine):
        return Closed()

    def enter(self, machine):
        machine.record("open")
        return super().enter(machine)


class Closed(State):
    def next(self, machine):
        return Open()


class Machine:
    def __init__(self):
        self.state = Open()
        self.trace = []

    def step(self):
        self.state = self.state.next(self)
        self.state.enter(self)

    def record(self, what):
        self.trace.append(what)


machine = Machine()
machine.step()
machine.step()
