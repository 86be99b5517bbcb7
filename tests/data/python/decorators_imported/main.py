from decs import dec
import decs


@dec
def one():
    pass


@decs.other
def two():
    pass


one()
two()
