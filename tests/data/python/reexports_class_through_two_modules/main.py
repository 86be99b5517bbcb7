import shop
cart = shop.Cart()
cart.add()
