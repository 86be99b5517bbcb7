def a():
    def b():
        def c():
            top()
            b_helper()
        c()

    def b_helper():
        pass
    b()


def top():
    pass


a()
