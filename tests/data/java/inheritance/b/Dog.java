package b;

import a.Animal;

public class Dog extends Animal {
    public Dog() {
        super("dog");
    }
    @Override
    public void speak() {
        eat();
        this.rest();
        super.eat();
    }
    static void run() {
        Dog dog = new Dog();
        dog.eat();
        dog.speak();
    }
}
