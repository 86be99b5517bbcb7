import left as tool
tool.work()
import right as tool
tool.work()
