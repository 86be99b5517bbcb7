package a;

public abstract class Animal implements Living {
    protected String name;
    protected Animal(String name) {
        this.name = name;
    }
    public void eat() {
        chew();
    }
    void chew() {}
    public abstract void speak();
}
