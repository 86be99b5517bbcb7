class Subject:
    observers = ()

    def attach(self, observer):
        self.observers = (*self.observers, observer)

    def notify(self):
        [observer.update(self) for observer in self.observers]


class View:
    def update(self, subject):
        self.draw()

    def draw(self):
        pass


class Audit(View):
    def draw(self):
        super().draw()


subject = Subject()
subject.attach(View())
subject.attach(Audit())
subject.notify()
