interface Left {
    default void hello() {}
}
interface Right {
    default void hello() {}
}
class Both implements Left, Right {
    public void hello() {
        Left.super.hello();
        Right.super.hello();
    }
}
