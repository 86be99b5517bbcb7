class Shape:
    def area(self):
        return self.size()

    def size(self):
        return 0
