package lang;

import java.util.List;

abstract class Expr {
    abstract <R> R accept(Visitor<R> v);
    interface Visitor<R> {
        R visitNumber(Num n);
        R visitBinary(Bin b);
    }
    static final class Num extends Expr {
        final int value;
        Num(int value) { this.value = value; }
        @Override
        <R> R accept(Visitor<R> v) { return v.visitNumber(this); }
    }
    static final class Bin extends Expr {
        final Expr left, right;
        Bin(Expr left, Expr right) {
            this.left = left;
            this.right = right;
        }
        @Override
        <R> R accept(Visitor<R> v) { return v.visitBinary(this); }
        List<Expr> parts() { return List.of(left, right); }
    }
}

class Eval implements Expr.Visitor<Integer> {
    @Override
    public Integer visitNumber(Expr.Num n) { return n.value; }
    @Override
    public Integer visitBinary(Expr.Bin b) {
        for (Expr part : b.parts()) {
            eval(part);
        }
        return eval(b.left) + b.right.accept(this);
    }
    int eval(Expr e) { return e.accept(this); }
}

class Show implements Expr.Visitor<String> {
    public String visitNumber(Expr.Num n) { return Integer.toString(n.value); }
    public String visitBinary(Expr.Bin b) { return wrap(b.left.accept(this)); }
    private static String wrap(String s) { return "(" + s + ")"; }
}

class Main {
    public static void main(String... args) {
        Expr e = new Expr.Bin(new Expr.Num(1), new Expr.Num(2));
        int n = new Eval().eval(e);
        String s = e.accept(new Show());
        if (e instanceof Expr.Bin bin && bin.parts().isEmpty()) {
            System.out.println(n + s);
        } else if (e instanceof Expr.Num) {
            ((Expr.Num) e).accept(new Show());
        }
    }
}
