import { Dog } from "./dog";
const dog = new Dog("rex");
dog.speak();
dog.eat();
Dog.create();
