import pack.b


def run():
    pack.b.work()
