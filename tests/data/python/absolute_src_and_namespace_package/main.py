from space.one.mod import work
from space.two.mod import work as work_two
work()
work_two()
