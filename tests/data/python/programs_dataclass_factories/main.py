from dataclasses import dataclass, field


class Line:
    def price(self):
        return 1


@dataclass
class Order:
    lines: list[Line] = field(default_factory=list)
    first: Line = field(default_factory=Line)

    def add(self, line):
        self.lines.append(line)
        return self

    def total(self):
        return sum(line.price() for line in self.lines) + self.first.price()


Order().add(Line()).add(Line()).total()
