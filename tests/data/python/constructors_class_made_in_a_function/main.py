def build():
    class Local:
        def __init__(self):
            pass

        def work(self):
            pass
    return Local()


build().work()
