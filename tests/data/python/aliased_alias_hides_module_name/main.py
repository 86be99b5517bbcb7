import left as right
import right as left
right.only_left()
left.only_right()
