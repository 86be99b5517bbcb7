from more import work


def get():
    return work
