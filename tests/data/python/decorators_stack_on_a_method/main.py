def logged(function):
    def inner(*args, **kwargs):
        before()
        return function(*args, **kwargs)

    return inner


def checked(level):
    def decorate(function):
        def guard(self, *args):
            verify(level)
            return function(self, *args)

        return guard

    return decorate


def before():
    pass


def verify(level):
    pass


class Door:
    @logged
    @checked(3)
    def open(self):
        self.swing()

    def swing(self):
        pass


Door().open()
