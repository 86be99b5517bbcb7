from dataclasses import dataclass


class Tool:
    def use(self):
        pass


@dataclass
class Box:
    tool: object = None

    def run(self):
        self.tool.use()


Box(tool=Tool()).run()
