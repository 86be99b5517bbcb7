from .cart import Cart as _Cart
from .items import *
from . import checkout as _checkout

checkout = _checkout.run


def new_cart(**options):
    return _Cart(**options)
