import shop
import shop.cart as basket
from shop import pay, Cart
from shop.cart import add as put

shop.pay()
basket.add()
put()
pay()
Cart().clear()
shop.cart.add()
