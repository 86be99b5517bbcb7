def to_int(text):
    return int(text)


def to_text(value):
    return str(value)


class Column:
    convert = staticmethod(to_int)
    readers = {"int": to_int, "str": to_text}
    parser = to_text

    def read(self, kind, value):
        self.convert(value)
        reader = self.readers[kind]
        return reader(value)

    def parse(self):
        return self.parser()


class TextColumn(Column):
    convert = staticmethod(to_text)


Column().read("int", "1")
TextColumn().read("str", "1")
Column().parse()
