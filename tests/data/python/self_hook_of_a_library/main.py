"""Nothing here makes an object: users of the library do."""


class Exporter:
    def export(self, rows):
        self.begin()
        for row in rows:
            self.write(row)
        return self.result

    def begin(self):
        pass

    def write(self, row):
        """For subclasses."""
        raise NotImplementedError("write")

    @property
    def result(self):
        raise NotImplementedError


class CsvExporter(Exporter):
    def write(self, row):
        pass

    @property
    def result(self):
        return ""


class TsvExporter(CsvExporter):
    def write(self, row):
        return super().write(row)


class Unrelated:
    def write(self, row):
        pass
