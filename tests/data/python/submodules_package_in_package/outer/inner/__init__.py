from .mod import helper as work
