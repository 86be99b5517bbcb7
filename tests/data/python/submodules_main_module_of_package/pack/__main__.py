import pack


def main():
    pack.start()
