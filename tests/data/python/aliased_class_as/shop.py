class Cart:
    def __init__(self):
        pass

    def add(self):
        pass
