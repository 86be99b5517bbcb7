class memo:
    def __init__(self, function):
        self.function = function
        self.cache = {}

    def __call__(self, *args):
        if args not in self.cache:
            self.cache[args] = self.function(*args)
        return self.cache[args]

    def forget(self):
        self.cache.clear()


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


fib(3)
fib.forget()
