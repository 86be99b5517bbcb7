class Outer:
    class Inner:
        @staticmethod
        def work():
            pass

    @staticmethod
    def work():
        Outer.Inner.work()


Outer.work()
