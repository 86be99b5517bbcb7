class Base:
    def save(self):
        pass


class LogMixin:
    def save(self):
        super().save()


class Model(LogMixin, Base):
    pass


Model().save()
