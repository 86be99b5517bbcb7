import json


class Section:
    def __init__(self, values):
        self.values = values

    def get(self, name):
        return self.values.get(name)


class Config:
    def __init__(self, path):
        self.sections = {name: Section(values) for name, values in self.read(path).items()}

    @staticmethod
    def read(path):
        return json.loads(path)

    def __getitem__(self, name):
        return self.sections[name]

    def section(self, name) -> Section:
        return self.sections[name]


config = Config('{"a": {"b": 1}}')
config.section("a").get("b")
config["a"].get("b")
for section in config.sections.values():
    section.get("c")
