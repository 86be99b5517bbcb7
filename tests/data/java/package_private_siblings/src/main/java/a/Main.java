package a;

class Main {
    void go() {
        Helper.help();
        new Second().run();
    }
}
