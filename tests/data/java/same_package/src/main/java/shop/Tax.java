package shop;

class Tax {
    int of(int price) {
        return price / 5;
    }
}

class Rates {
    static int standard() {
        return 20;
    }
}
