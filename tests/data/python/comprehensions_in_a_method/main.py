class A:
    def run(self):
        return [self.work(n) for n in range(2)]

    def work(self, n):
        return n


A().run()
