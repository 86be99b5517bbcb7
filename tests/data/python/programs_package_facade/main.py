import shop

cart = shop.new_cart()
cart.add(shop.Item("a", price=2))
cart.total()
shop.checkout(cart)
