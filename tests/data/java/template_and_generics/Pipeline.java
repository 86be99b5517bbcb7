import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

interface Stage<I, O> {
    O apply(I input);
    default <R> Stage<I, R> then(Stage<? super O, ? extends R> next) {
        return input -> next.apply(apply(input));
    }
    static <T> Stage<T, T> identity() {
        return x -> x;
    }
}

abstract class Base<T extends Entity> {
    protected final Map<String, T> cache = new HashMap<>();
    protected abstract T create(String name);
    T get(String name) {
        T found = cache.get(name);
        if (found == null) {
            found = create(name);
            found.touch();
            cache.put(name, found);
        }
        return found;
    }
    T lazy(String name) {
        return cache.computeIfAbsent(name, this::create);
    }
    List<T> all() {
        return new ArrayList<>(cache.values());
    }
}

class Entity {
    private int hits;
    void touch() { hits++; }
}

class User extends Entity {
    void greet() { log("hi"); }
    private static void log(String text) {}
}

class Users extends Base<User> {
    @Override
    protected User create(String name) { return new User(); }
    void greetAll() {
        for (User user : all()) {
            user.greet();
            user.touch();
        }
        get("x").greet();
        lazy("y").greet();
    }
}

class Pair<A, B> {
    final A first;
    final B second;
    Pair(A first, B second) { this.first = first; this.second = second; }
    static <X, Y> Pair<X, Y> of(X x, Y y) { return new Pair<>(x, y); }
    A getFirst() { return first; }
    <C> Pair<C, B> mapFirst(Function<A, C> f) { return of(f.apply(first), second); }
}

class Run {
    static void run() {
        Users users = new Users();
        users.greetAll();
        Base<User> base = users;
        base.get("z").greet();
        Pair<User, Integer> pair = Pair.of(new User(), 1);
        pair.getFirst().greet();
        pair.first.touch();
        pair.mapFirst(u -> u.hashCode()).getFirst();
        Stage<String, Integer> length = String::length;
        length.then(n -> twice(n)).apply("x");
        Stage.<String>identity().apply("y");
    }
    static int twice(int n) { return n * 2; }
}
