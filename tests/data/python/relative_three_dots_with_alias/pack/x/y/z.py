from ...tools import work as top
from ..tools import work as middle


def run():
    top()
    middle()
