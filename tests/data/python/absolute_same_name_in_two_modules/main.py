import left
import right


def work():
    pass


left.work()
work()
right.run()
