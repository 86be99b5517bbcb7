from .impl import Cart
