package shop;

public class Cart {
    private final Tax tax = new Tax();

    public int total(int price) {
        return price + tax.of(price) + Rates.standard();
    }
}
