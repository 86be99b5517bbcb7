from collections import deque
from dataclasses import dataclass, field
import heapq


@dataclass(order=True)
class Entry:
    cost: int
    node: "Node" = field(compare=False)


class Node:
    def __init__(self, name):
        self.name = name
        self.edges = []

    def link(self, other, cost):
        self.edges.append((other, cost))
        return other

    def neighbours(self):
        return ((node, cost) for node, cost in self.edges)

    def visit(self):
        pass


def shortest(start):
    heap = [Entry(0, start)]
    while heap:
        entry = heapq.heappop(heap)
        entry.node.visit()
        for node, cost in entry.node.neighbours():
            heapq.heappush(heap, Entry(entry.cost + cost, node))


def breadth(start):
    queue = deque([start])
    while queue:
        node = queue.popleft()
        node.visit()
        queue.extend(other for other, _ in node.neighbours())


a = Node("a")
a.link(Node("b"), 1).link(Node("c"), 2)
shortest(a)
breadth(a)
