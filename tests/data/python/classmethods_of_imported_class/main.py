from shop import Cart
Cart.empty().add()
