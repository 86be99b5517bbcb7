import left.util
import right.util
left.util.work()
right.util.other()
