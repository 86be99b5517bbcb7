from contextlib import ExitStack, closing, contextmanager


class Resource:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        pass

    def use(self):
        pass


@contextmanager
def opened():
    with Resource() as resource:
        yield resource


def main():
    with opened() as one, closing(Resource()) as two:
        one.use()
        two.use()
    with ExitStack() as stack:
        three = stack.enter_context(Resource())
        three.use()


main()
