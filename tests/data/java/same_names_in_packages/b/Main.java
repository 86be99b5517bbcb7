package b;

class Main {
    void go() {
        Helper.run();
    }
}
