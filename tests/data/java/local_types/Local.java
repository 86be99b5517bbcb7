import java.util.List;

class Engine {
    Engine start() {
        return this;
    }
    void stop() {}
}
class Wheel {
    void stop() {}
}
class Local {
    Engine engine;
    Engine make() {
        return new Engine();
    }
    void run(List<Wheel> wheels, Wheel[] array, Object raw) {
        var first = make();
        first.stop();
        make().start().stop();
        engine.stop();
        for (Wheel wheel : wheels) {
            wheel.stop();
        }
        for (var one : array) {
            one.stop();
        }
        if (raw instanceof Wheel w) {
            w.stop();
        }
        ((Engine) raw).stop();
        raw.stop();
    }
}
