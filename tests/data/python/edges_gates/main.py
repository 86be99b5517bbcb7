import sys

if sys.version_info >= (3, 12):
    def new():
        pass


if sys.platform == "win32":
    class Windows:
        pass


def always():
    pass
