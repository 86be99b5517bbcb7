class Task:
    def __init__(self, rank):
        self.rank = rank

    def run(self):
        pass

    def ready(self):
        return True


def rank(task):
    return task.rank


def execute(task):
    task.run()
    return task


tasks = [Task(2), Task(1)]
for task in sorted(tasks, key=rank):
    task.run()
ready = list(filter(lambda one: one.ready(), tasks))
ready[0].run()
done = list(map(execute, ready))
done[-1].run()
min(tasks, key=lambda one: one.rank).run()
head, *tail = tasks
tail[0].run()
