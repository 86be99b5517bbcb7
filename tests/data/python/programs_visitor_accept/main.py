class Node:
    def accept(self, visitor):
        raise NotImplementedError


class Number(Node):
    def accept(self, visitor):
        return visitor.visit_number(self)


class Add(Node):
    def __init__(self, left, right):
        self.left, self.right = left, right

    def accept(self, visitor):
        return visitor.visit_add(self)


class Evaluator:
    def visit_number(self, node):
        return 1

    def visit_add(self, node):
        return node.left.accept(self) + node.right.accept(self)


class Printer:
    def visit_number(self, node):
        return "1"

    def visit_add(self, node):
        return node.left.accept(self) + "+" + node.right.accept(self)


tree = Add(Number(), Add(Number(), Number()))
tree.accept(Evaluator())
tree.accept(Printer())
