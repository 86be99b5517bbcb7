def keep(n):
    return True


def run():
    return {n for n in range(3) if keep(n)}


run()
