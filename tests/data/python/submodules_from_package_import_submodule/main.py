from pack import sub
sub.work()
