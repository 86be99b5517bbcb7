def make():
    return 1


class Config:
    limit = make()

    class Inner:
        depth = make()
