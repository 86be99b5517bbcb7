class A:
    pass


A()
