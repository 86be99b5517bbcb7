def run(cart):
    cart.total()
    return _send(cart)


def _send(cart):
    pass
