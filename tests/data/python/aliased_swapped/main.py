from tools import left as right, right as left

left()
