from shop import Cart, RATE, total
cart = Cart()
cart.add(RATE)
total(cart)
