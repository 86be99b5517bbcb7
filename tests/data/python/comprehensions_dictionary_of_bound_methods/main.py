class Robot:
    def left(self):
        pass

    def right(self):
        pass

    def commands(self):
        return {method.__name__: method for method in (self.left, self.right)}

    def obey(self, word):
        self.commands()[word]()


Robot().obey("left")
Robot().obey("right")
