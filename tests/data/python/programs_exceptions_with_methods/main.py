class AppError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code

    def describe(self):
        return self.code


class NotFound(AppError):
    def describe(self):
        return super().describe()


def find(n):
    if n:
        raise NotFound(n)
    raise AppError(n)


def main():
    for n in (0, 1):
        try:
            find(n)
        except NotFound as error:
            error.describe()
        except (AppError, KeyError) as error:
            error.describe()
        finally:
            clean()


def clean():
    pass


main()
