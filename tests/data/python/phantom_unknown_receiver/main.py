def run(thing):
    thing.save()


class Model:
    def save(self):
        pass
