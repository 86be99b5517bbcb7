class Log:
    def write(self):
        pass


class App:
    def __init__(self, log):
        self.log: Log = log

    def run(self):
        self.log.write()


App(Log()).run()
