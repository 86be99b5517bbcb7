class A:
    pass


class B:
    def save(self):
        pass


def run():
    A().save()
