from base import *


class Child(Parent):
    def run(self):
        self.work()


Child().run()
