package calc;

interface Node {
    double eval();
    record Number(double value) implements Node {
        public double eval() { return value; }
    }
    record Binary(char op, Node left, Node right) implements Node {
        public double eval() { return Parser.apply(op, left.eval(), right().eval()); }
    }
}
