class Manager:
    @classmethod
    def create(cls):
        return cls()

    def save(self):
        pass


class Model:
    objects = Manager


Model.objects.create().save()
