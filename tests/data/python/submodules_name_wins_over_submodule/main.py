from pack import sub
sub()
