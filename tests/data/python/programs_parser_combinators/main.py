def char(c):
    def parse(text):
        return (c, text[1:]) if text.startswith(c) else None
    return parse


def both(first, second):
    def parse(text):
        found = first(text)
        return found and second(found[1])
    return parse


def either(*parsers):
    def parse(text):
        for parser in parsers:
            found = parser(text)
            if found:
                return found
    return parse


def lazy(make):
    return lambda text: make()(text)


word = both(char("a"), either(char("b"), char("c")))
nested = lazy(lambda: word)
nested("ac")
