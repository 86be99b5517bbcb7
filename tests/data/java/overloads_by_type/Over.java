class Animal {}
class Dog extends Animal {}
class Cat {}
class Over {
    void put(String key, boolean on) {}
    void put(String key, int count) {}
    void put(String key, String text) {}
    void put(String key, Object any) {}
    void log(String text) {}
    void log(String text, Object... rest) {}
    void feed(Animal animal) {}
    void feed(Cat cat) {}
    void use(Dog dog, Cat cat) {
        put("a", true);
        put("a", 1);
        feed(dog);
        feed(cat);
        feed(new Dog());
    }
    void text() {
        put("a", "b" + 1);
        log("x");
        log("x", 2);
    }
}
