class Field:
    def __init__(self, kind=str):
        self.kind = kind

    def clean(self, value):
        return self.kind(value)


class ModelMeta(type):
    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        cls.fields = {key: value for key, value in namespace.items() if isinstance(value, Field)}
        return cls


class Model(metaclass=ModelMeta):
    def __init__(self, **values):
        for key, field in self.fields.items():
            setattr(self, key, field.clean(values[key]))

    def save(self):
        self.validate()
        return self

    def validate(self):
        pass


class Book(Model):
    title = Field()
    pages = Field(kind=int)

    def validate(self):
        super().validate()
        check(self)


def check(book):
    pass


Book(title="a", pages="1").save()
