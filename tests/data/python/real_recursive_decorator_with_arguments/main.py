def recurse(*kinds):
    def wrap(f):
        def wrapped(tree):
            for child in tree.children():
                if not isinstance(child, kinds):
                    wrapped(child)
            f(tree)
        return wrapped
    return wrap


class Tree:
    def children(self):
        return []

    def touch(self):
        pass


@recurse(int)
def group(tree):
    tree.touch()


group(Tree())
