package app;

import static app.Helpers.log;

public class Outer {
    private String name = "outer";
    private final Inner inner = new Inner();
    static int counter = start();

    static int start() { return Helpers.zero(); }

    { prepare(); }
    static { log("loaded"); }

    private void prepare() { log(name); }

    class Inner {
        String name = "inner";
        void log(String s) { Helpers.log(s + name); }
        void go() {
            log("x");
            prepare();
            Outer.this.close(name.trim());
            new Deep().dive();
        }
        class Deep {
            void dive() {
                go();
                prepare();
                log("deep");
            }
        }
    }
    void close(String s) {
        class Local {
            void end() { log("end"); finish(); }
            void finish() { Outer.this.finish(); }
        }
        new Local().end();
        Runnable r = () -> {
            Local l = new Local();
            l.finish();
        };
        r.run();
    }
    void finish() {}
    public static void main(String[] args) {
        Outer o = new Outer();
        o.inner.go();
        Outer.Inner i = o.new Inner();
        i.go();
        o.new Inner().log("x");
        Sub s = new Sub();
        s.start2();
    }
}
class Sub extends Outer {
    static int start() { return 5; }
    void start2() {
        start();
        super.finish();
        close("a");
        Sub.this.finish();
    }
    @Override
    void finish() { log("sub"); }
    void log(String s) {}
}
