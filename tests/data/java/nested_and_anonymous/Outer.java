interface Task {
    void run();
}
class Outer {
    private int count;
    class Inner {
        void touch() {
            bump();
            count = 1;
        }
    }
    static class Nested {
        static void make() {}
    }
    void bump() {}
    void go() {
        new Inner().touch();
        Nested.make();
        Outer.Nested.make();
        Task task = new Task() {
            public void run() {
                bump();
            }
        };
        task.run();
    }
}
