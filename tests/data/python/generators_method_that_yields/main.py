class Node:
    def __init__(self):
        self.children = []

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def touch(self):
        pass


root = Node()
root.children.append(Node())
for node in root.walk():
    node.touch()
