import base


class Thing(base.Thing):
    def work(self):
        super().work()


Thing().work()
