class Mailer:
    def send(self, text):
        self.connect()

    def connect(self):
        pass


class FakeMailer(Mailer):
    def __init__(self):
        self.sent = []

    def send(self, text):
        self.sent.append(text)


class Service:
    mailer_class = Mailer

    def __init__(self, mailer=None):
        self.mailer = mailer or self.mailer_class()

    def welcome(self, user):
        self.mailer.send(render("welcome", user=user))


def render(template, **context):
    return template.format(**context)


Service(FakeMailer()).welcome("a")
Service().welcome("b")
