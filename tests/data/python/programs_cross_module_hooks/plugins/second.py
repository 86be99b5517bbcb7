import core


class Plugin:
    def __init__(self):
        core.hook("start")(self.begin)

    def begin(self, context):
        context.note()
        self.end()

    def end(self):
        pass


Plugin()
