def load(load=None):
    return load or save


def save():
    return Box()


class Box:
    def save(self, save=None):
        save = save or self.load
        return save()

    def load(self):
        return load

    class Inner:
        save = save

        def load(self):
            return Box.save


save().save()()
Box.Inner.save().load()
Box.Inner().load()(Box())
[save for save in [load]][0]()
save()
