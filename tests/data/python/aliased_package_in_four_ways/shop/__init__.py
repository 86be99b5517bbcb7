from .cart import Cart
from .money import pay
