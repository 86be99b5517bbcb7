class A:
    def work(self):
        pass


step = A().work
