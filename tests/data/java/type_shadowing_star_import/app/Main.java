package app;

import lib.*;

class Main {
    void go(Box box) {
        box.open();
    }
}
