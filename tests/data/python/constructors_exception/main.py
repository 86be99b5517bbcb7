class Failure(Exception):
    def __init__(self, text):
        super().__init__(text)


def run():
    raise Failure("no")


try:
    run()
except Failure:
    pass
