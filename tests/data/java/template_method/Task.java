abstract class Task {
    final void run() {
        before();
        work();
    }
    void before() {}
    abstract void work();
}
class Print extends Task {
    void work() {
        print();
    }
    void print() {}
    static void main() {
        new Print().run();
    }
}
