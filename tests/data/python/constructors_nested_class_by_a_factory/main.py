class Tree:
    class Node:
        def __init__(self, value):
            self.value = value
            self.children = []

        def add(self, child):
            self.children.append(child)
            return self

        def walk(self):
            self.visit()
            for child in self.children:
                child.walk()

        def visit(self):
            pass

    @staticmethod
    def leaf(value):
        return Tree.Node(value)

    @classmethod
    def build(cls):
        root = cls.leaf(1)
        return root.add(cls.leaf(2)).add(cls.leaf(3))


Tree.build().walk()
