import store
cart = store.load()
cart.total()
