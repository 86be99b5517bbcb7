class Api:
    NAMES = ("start", "stop")

    def start(self):
        pass

    def stop(self):
        pass

    def pause(self):
        pass

    def all(self):
        for name in self.NAMES:
            getattr(self, name)()

    def one(self, verb):
        method = getattr(self, verb, self.missing)
        method()

    def missing(self):
        pass


api = Api()
api.all()
api.one("pause")
api.one("nothing")
