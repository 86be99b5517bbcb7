class A:
    def work(self):
        pass


class B:
    def work(self):
        pass


def run(thing):
    thing.work()


run(A())
