package calc;

record Token(Type type, String text) {
    enum Type { NUMBER, OP, EOF }
    static final Token EOF = new Token(Type.EOF, "");
    Token {
        if (text == null) throw new NullPointerException();
    }
    static Token op(char c) { return new Token(Type.OP, String.valueOf(c)); }
    boolean is(Type other) { return type() == other; }
    double number() { return Double.parseDouble(text); }
}
