class A:
    @classmethod
    def run(cls):
        cls.check()

    @staticmethod
    def check():
        pass


A().run()
