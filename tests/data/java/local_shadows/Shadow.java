class Engine {
    void start() {}
}
class Wheel {
    void start() {}
}
class Shadow {
    Engine it = new Engine();
    int size = 1;
    int size() {
        return size;
    }
    void go(Wheel it) {
        it.start();
        this.it.start();
        int size = size();
        for (Wheel one : new Wheel[0]) {
            one.start();
        }
        for (Engine one : new Engine[0]) {
            one.start();
        }
    }
    void field() {
        it.start();
    }
}
