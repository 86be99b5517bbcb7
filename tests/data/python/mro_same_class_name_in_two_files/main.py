import left
import right


class A(right.Base):
    pass


class B(left.Base):
    pass


A().work()
B().rest()
