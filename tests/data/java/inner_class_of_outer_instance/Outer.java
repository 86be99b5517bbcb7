class Outer {
    void ping() {}
    class Inner {
        void go() {
            Outer.this.ping();
            ping();
            new Deep().run();
        }
        class Deep {
            void run() {
                ping();
                go();
            }
        }
    }
    static void main(Outer outer) {
        Outer.Inner inner = outer.new Inner();
        inner.go();
    }
}
