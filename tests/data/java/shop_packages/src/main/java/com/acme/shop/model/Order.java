package com.acme.shop.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

public class Order {
    private final List<Item> items = new ArrayList<>();
    private String id = Ids.next();

    public Order add(Item item) {
        items.add(item);
        return this;
    }
    public List<String> names() {
        return items.stream().map(Item::getName).collect(Collectors.toList());
    }
    public int total() {
        int sum = 0;
        for (Item item : items) {
            sum += item.getPrice();
        }
        return sum;
    }
    public String getId() { return id; }
}

class Ids {
    private static int last;
    static synchronized String next() { return "id" + bump(); }
    private static int bump() { return ++last; }
}
