package com.acme.shop.model;

public class Item {
    final String name;
    final int price;
    public Item(String name) { this(name, defaultPrice()); }
    public Item(String name, int price) {
        this.name = name;
        this.price = price;
    }
    private static int defaultPrice() { return 1; }
    public String getName() { return name; }
    public int getPrice() { return price; }
}
