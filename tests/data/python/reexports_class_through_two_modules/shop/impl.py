class Cart:
    def __init__(self):
        self.items = []

    def add(self):
        self.check()

    def check(self):
        pass
