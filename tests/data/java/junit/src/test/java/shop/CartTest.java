package shop;

import org.junit.jupiter.api.Test;

class CartTest {
    @Test
    void adds() {
        Cart cart = new Cart();
        cart.add(1);
    }
}
