"""What a language's tables cannot say: one module or package per language, found by the language's name.

A module may have `READER`, a subclass of `remora.isg.reader.Reader`, and `RULES`, how the linker resolves its names.
A language without one is read by the base reader.
"""
