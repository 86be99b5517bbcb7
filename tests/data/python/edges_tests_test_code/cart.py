class Cart:
    def total(self):
        return rate()


def rate():
    return 1


def unused():
    pass
