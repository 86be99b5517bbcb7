import java.util.List;
import java.util.Optional;

class Wheel {
    boolean round() {
        return true;
    }
    void turn() {}
    Wheel copy() {
        return this;
    }
    Tyre tyre() {
        return new Tyre();
    }
}
class Tyre {
    boolean flat() {
        return false;
    }
    void change() {}
}
class Streams {
    List<Wheel> wheels;
    void go(Optional<Wheel> spare) {
        wheels.forEach(w -> w.turn());
        wheels.stream().filter(w -> w.round()).forEach(Wheel::turn);
        wheels.get(0).turn();
        spare.orElseThrow().copy();
        spare.ifPresent(w -> w.turn());
        wheels.stream().map(w -> w.tyre()).filter(t -> t.flat()).forEach(t -> t.change());
    }
}
