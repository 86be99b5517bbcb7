package calc;

import java.util.*;
import java.util.function.DoubleBinaryOperator;

public final class Parser {
    private static final Map<Character, DoubleBinaryOperator> OPS = Map.of('+', (a, b) -> a + b, '/', Parser::divide);
    private final Lexer lexer;
    private Token current;

    public Parser(String text) {
        lexer = new Lexer(text);
        advance();
    }
    public static Node parse(String text) { return new Parser(text).expression(0); }

    private void advance() { current = lexer.hasNext() ? lexer.next() : Token.EOF; }

    private Node expression(int min) {
        Node left = primary();
        while (current.type() == Token.Type.OP && precedence(current) > min) {
            Token op = current;
            advance();
            left = new Node.Binary(op.text().charAt(0), left, expression(precedence(op)));
        }
        return left;
    }
    private Node primary() {
        Token token = expect(Token.Type.NUMBER);
        return new Node.Number(token.number());
    }
    private Token expect(Token.Type type) {
        Token token = current;
        if (!token.is(type)) throw error("expected " + type);
        advance();
        return token;
    }
    private static int precedence(Token op) {
        return switch (op.text()) {
            case "+", "-" -> 1;
            default -> 2;
        };
    }
    private ParseException error(String message) { return new ParseException(message, lexer.position()); }

    static double divide(double a, double b) {
        if (b == 0) throw new ArithmeticException();
        return a / b;
    }
    static double apply(char op, double a, double b) { return OPS.get(op).applyAsDouble(a, b); }

    public static class ParseException extends RuntimeException {
        private final int position;
        ParseException(String message, int position) {
            super(message);
            this.position = position;
        }
        public int getPosition() { return position; }
    }
}
