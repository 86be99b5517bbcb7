class A:
    class B:
        def __init__(self):
            pass

    def make(self):
        return A.B()


A().make()
