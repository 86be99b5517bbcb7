from pack import *
sub.work()
