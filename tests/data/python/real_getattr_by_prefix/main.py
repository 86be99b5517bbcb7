class Visitor:
    def visit(self, node):
        method = getattr(self, f"visit_{type(node).__name__}", self.default)
        return method(node)

    def visit_int(self, node):
        pass

    def visit_str(self, node):
        pass

    def default(self, node):
        pass

    def unrelated(self, node):
        pass


v = Visitor()
v.visit(1)
v.visit("a")
v.visit(None)
