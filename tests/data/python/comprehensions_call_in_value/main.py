def double(n):
    return 2 * n


def run():
    return [double(n) for n in range(3)]


run()
