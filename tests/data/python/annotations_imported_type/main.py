from shop import Cart
import shop


def one(cart: Cart):
    cart.total()


def two(cart: shop.Cart):
    cart.total()


one(Cart())
two(Cart())
