class Base:
    def hook(self):
        pass


class Other:
    def hook(self):
        pass
