package com.acme.shop.service;

import com.acme.shop.model.Item;
import com.acme.shop.model.Order;
import java.util.Collection;

public final class OrderService {
    private OrderService() {}
    public static OrderService create() { return new OrderService(); }
    public Order place(Collection<? extends Item> items) {
        Order order = new Order();
        for (var item : items) {
            check(item);
            order.add(item).add(item);
        }
        return order;
    }
    private void check(Item item) {
        if (item.getPrice() < 0) {
            fail();
        }
    }
    private static void fail() { throw new RuntimeException(); }
}
