from .api import Cart
