class A:
    def work(self):
        pass

    def rest(self):
        pass


getattr(A(), "work")()
name = "rest"
getattr(A(), name, None)()
