module example.org/shop/v2
