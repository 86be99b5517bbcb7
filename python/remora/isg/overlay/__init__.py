"""What a compiler or a language server knows better than the linker: a second source of edges, kept beside its own.

`protocol` says what an overlay is, `run` asks one, `refinements` keeps its answers and puts them into a file's links
whenever these are stored, `choose` finds one by the name a user gives.
"""
