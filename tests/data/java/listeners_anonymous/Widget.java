package ui;

abstract class Widget {
    protected String label;
    Widget() { this("none"); }
    Widget(String label) {
        this.label = label;
        setup();
    }
    protected void setup() {}
    void repaint() { paint(); }
    void paint() {}
}
