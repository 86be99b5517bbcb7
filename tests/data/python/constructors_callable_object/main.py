class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, m):
        return self.add(m)

    def add(self, m):
        return self.n + m


add = Adder(1)
add(2)
Adder(3)(4)
