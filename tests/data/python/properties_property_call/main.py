class A:
    def get_size(self):
        return 1

    size = property(get_size)


A().size
