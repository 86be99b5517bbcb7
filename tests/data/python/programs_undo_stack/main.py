class Action:
    def __init__(self, do, undo):
        self.do, self.undo = do, undo


class History:
    def __init__(self):
        self.done, self.undone = [], []

    def run(self, action):
        action.do()
        self.done.append(action)

    def undo(self):
        action = self.done.pop()
        action.undo()
        self.undone.append(action)

    def redo(self):
        if self.undone:
            self.run(self.undone.pop())


class Text:
    def __init__(self):
        self.parts = []

    def insert(self, part):
        return Action(lambda: self.parts.append(part), self.remove)

    def remove(self):
        self.parts.pop()


history = History()
text = Text()
history.run(text.insert("a"))
history.undo()
history.redo()
