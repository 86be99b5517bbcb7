package lib;

public class Box {
    public void open() {}
}
