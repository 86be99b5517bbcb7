def visit(thing):
    thing.accept()


class A:
    def run(self):
        visit(self)

    def accept(self):
        pass


class B:
    def accept(self):
        pass


A().run()
