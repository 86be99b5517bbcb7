from pack import one, two
one()
two()
