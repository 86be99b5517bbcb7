package calc;

import java.util.Iterator;

class Lexer implements Iterator<Token> {
    private final String text;
    private int at;
    Lexer(String text) { this.text = text; }
    @Override
    public boolean hasNext() {
        skip();
        return at < text.length();
    }
    @Override
    public Token next() {
        char c = text.charAt(at);
        if (Character.isDigit(c)) return number();
        at++;
        return Token.op(c);
    }
    private Token number() {
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) at++;
        return new Token(Token.Type.NUMBER, text.substring(start, at));
    }
    private void skip() { while (at < text.length() && text.charAt(at) == ' ') at++; }
    int position() { return at; }
}
