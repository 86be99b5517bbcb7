package app;

class Box {
    void open() {}
}
