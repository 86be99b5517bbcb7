class Cart:
    def total(self):
        self.sum()

    def sum(self):
        pass
