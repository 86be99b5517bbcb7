package shop;

public class Order {
    private final int size;
    private Order(Builder builder) {
        this.size = builder.size;
    }
    public static Builder builder() {
        return new Builder();
    }
    public static class Builder {
        private int size;
        public Builder size(int size) {
            this.size = size;
            return this;
        }
        public Order build() {
            return new Order(this);
        }
    }
}
