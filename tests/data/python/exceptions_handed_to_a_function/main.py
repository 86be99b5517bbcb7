class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code

    def explain(self):
        return self.code


class Worse(Problem):
    def explain(self):
        return super().explain()


def work(bad):
    if bad:
        raise Worse(2)
    raise Problem(1)


def handle(error):
    error.explain()


for bad in (True, False):
    try:
        work(bad)
    except Worse as error:
        error.explain()
    except Problem as error:
        handle(error)
    finally:
        pass
