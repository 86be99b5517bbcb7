class Plugin:
    registry = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[cls.__name__] = cls

    def run(self):
        raise NotImplementedError


class Json(Plugin):
    def run(self):
        return self.dump()

    def dump(self):
        pass


class Xml(Plugin):
    def run(self):
        pass


def register(kind):
    REGISTRY[kind.__name__] = kind
    return kind


REGISTRY = {}


@register
class Yaml:
    def run(self):
        pass


def main():
    for name in ("Yaml",):
        REGISTRY[name]().run()
    for kind in (Json, Xml):
        kind().run()


main()
