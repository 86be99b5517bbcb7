class Bus:
    def __init__(self):
        self._handlers = {}

    def on(self, name, handler):
        self._handlers.setdefault(name, []).append(handler)

    def emit(self, name, *args):
        for handler in self._handlers.get(name, []):
            handler(*args)


class Logger:
    def __init__(self, bus):
        bus.on("saved", self.log)

    def log(self, what):
        self.write(what)

    def write(self, text):
        pass


def notify(what):
    pass


def unused(what):
    pass


bus = Bus()
Logger(bus)
bus.on("saved", notify)
bus.emit("saved", 1)
