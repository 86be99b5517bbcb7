import queue
from heapq import heappop, heappush


class Job:
    def run(self):
        pass

    def __lt__(self, other):
        return True


def fill(work):
    work.put(Job())


def drain(work):
    while not work.empty():
        work.get().run()


def greet():
    pass


jobs = queue.Queue()
fill(jobs)
drain(jobs)
callbacks = queue.SimpleQueue()
callbacks.put(greet)
callbacks.get()()
heap = []
heappush(heap, Job())
heappop(heap).run()
