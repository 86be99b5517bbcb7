class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

    def visit(self):
        pass


class Chain:
    def __init__(self):
        self.head = None

    def push(self, value):
        self.head = Node(value, self.head)
        return self

    def walk(self):
        node = self.head
        while node is not None:
            node.visit()
            node = node.next

    def __iter__(self):
        node = self.head
        while node:
            yield node
            node = node.next


chain = Chain().push(1).push(2)
chain.walk()
for node in chain:
    node.visit()
    node.next and node.next.visit()
