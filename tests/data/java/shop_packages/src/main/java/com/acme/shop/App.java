package com.acme.shop;

import com.acme.shop.model.*;
import com.acme.shop.service.OrderService;
import static com.acme.shop.util.Texts.join;
import static com.acme.shop.util.Texts.*;
import java.util.List;

public class App {
    private static final OrderService SERVICE = OrderService.create();
    private final Printer printer = new Printer("app");

    public static void main(String[] args) {
        App app = new App();
        app.run(List.of(new Item("a", 2), new Item("b")));
    }

    void run(List<Item> items) {
        Order order = SERVICE.place(items);
        printer.print(join(",", order.names()));
        printer.print(order.total());
        if (isBlank(order.getId())) {
            throw new IllegalStateException(upper("none"));
        }
    }

    static class Printer {
        private final String prefix;
        Printer(String prefix) { this.prefix = prefix; }
        void print(Object o) { print(String.valueOf(o)); }
        void print(String s) { System.out.println(prefix + s); }
    }
}
