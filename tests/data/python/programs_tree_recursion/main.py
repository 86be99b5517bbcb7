class Tree:
    def __init__(self, name, children=()):
        self.name = name
        self.children = list(children)
        for child in self.children:
            child.adopt(self)

    def adopt(self, parent):
        self.parent = parent

    def depth(self):
        return 1 + max((child.depth() for child in self.children), default=0)

    def root(self):
        return self.parent.root() if hasattr(self, "parent") else self

    def rename(self):
        pass


leaf = Tree("a")
tree = Tree("b", [leaf])
tree.depth()
leaf.root().rename()
