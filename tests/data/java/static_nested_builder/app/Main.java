package app;

import shop.Order;
import shop.Order.Builder;

class Main {
    void run() {
        Order order = Order.builder().size(1).build();
        Builder builder = new Order.Builder();
        builder.build();
    }
}
