def double(n):
    return 2 * n


total = sum(double(n) for n in range(3))
