import left
import right


def run(module):
    module.work()


run(left)
run(right)
