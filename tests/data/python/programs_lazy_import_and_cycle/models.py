import storage


class User:
    def __init__(self, name):
        self.name = name

    def save(self):
        storage.store(self)

    def posts(self):
        from posts import Post
        return [Post(self)]
