import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

public enum Op implements Symbol {
    ADD("+", (a, b) -> sum(a, b)) {
        @Override
        int weight() { return heavy(1); }
    },
    SUB("-", Math::subtractExact),
    MUL("*", Op::product);

    private final String text;
    private final IntBinaryOperator f;
    private static final Map<Op, Integer> COUNTS = new EnumMap<>(Op.class);

    static {
        for (Op op : values()) {
            COUNTS.put(op, op.weight());
            register(op);
        }
    }

    Op(String text, IntBinaryOperator f) {
        this.text = text;
        this.f = f;
    }
    int weight() { return 1; }
    static int heavy(int n) { return n * 10; }
    private static int sum(int a, int b) { return a + b; }
    private static int product(int a, int b) { return a * b; }
    private static void register(Op op) { op.symbol(); }
    public int apply(int a, int b) { return f.applyAsInt(a, b); }
    @Override
    public String symbol() { return text; }
    static Optional<Op> of(String text) {
        return Arrays.stream(values()).filter(op -> op.symbol().equals(text)).findFirst();
    }
}

interface Symbol {
    String symbol();
}

class Calculator {
    int run(String text, int a, int b) {
        Op op = Op.of(text).orElse(Op.ADD);
        switch (op) {
            case ADD:
                return op.apply(a, b);
            default:
                return Op.valueOf("MUL").apply(b, a) + Op.SUB.weight();
        }
    }
    String show(Symbol symbol) { return symbol.symbol(); }
    String all() {
        StringBuilder text = new StringBuilder();
        for (Op op : Op.values()) {
            text.append(show(op)).append(op.symbol());
        }
        return text.toString();
    }
}
