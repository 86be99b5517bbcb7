import threading


class Base:
    def setup(self):
        pass


class Worker(threading.Thread, Base):
    def __init__(self):
        threading.Thread.__init__(self)
        self.setup()

    def run(self):
        self.step()

    def step(self):
        pass


worker = Worker()
worker.run()
