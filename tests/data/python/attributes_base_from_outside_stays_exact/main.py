class Cache(dict):
    def __init__(self):
        self.size = 0
        self.reset()
        self.grow(self.size)

    def reset(self):
        self.size = 1

    def grow(self, size):
        pass


Cache()
