class Subject:
    def __init__(self):
        self.listeners = []

    def listen(self, listener):
        self.listeners.append(listener)

    def fire(self):
        for listener in self.listeners:
            listener()


def one():
    pass


class Screen:
    def draw(self):
        pass


subject = Subject()
subject.listen(one)
subject.listen(Screen().draw)
subject.fire()
