import sys

if sys.version_info >= (3, 0):
    from new import work
else:
    from old import work

work()
