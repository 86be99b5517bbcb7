def load():
    from . import parse
    parse.parse()
