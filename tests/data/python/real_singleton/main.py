class Lexer:
    _instance = None

    @classmethod
    def get(cls):
        if cls._instance is None:
            cls._instance = cls()
            cls._instance.setup()
        return cls._instance

    def setup(self):
        pass

    def tokens(self):
        pass


def tokenize():
    return Lexer.get().tokens()


tokenize()
