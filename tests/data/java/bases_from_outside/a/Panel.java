package a;

import ext.View;
import b.Log;
import static b.Log.*;

class Panel extends View {
    int size;
    void show() {
        Log.debug();
        info();
        helper();
        Other.run();
        size = 1;
        draw();
        new Inner().go();
    }
    void helper() {}
    class Inner extends View {
        void go() {
            helper();
        }
    }
}

class Other {
    static void run() {}
}
