from .c import thing
