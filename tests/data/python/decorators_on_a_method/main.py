def dec(f):
    def wrapper(self):
        return f(self)
    return wrapper


class A:
    @dec
    def work(self):
        self.step()

    def step(self):
        pass


A().work()
