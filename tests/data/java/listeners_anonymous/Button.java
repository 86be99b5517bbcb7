package ui;

import java.util.ArrayList;
import java.util.List;

public class Button extends Widget {
    interface Listener {
        void clicked(Button source);
        default void pressed() {}
    }
    private final List<Listener> listeners = new ArrayList<>();
    private Runnable after;

    public Button(String label) {
        super(label);
        init();
    }
    private void init() { after = this::repaint; }
    void addListener(Listener l) { listeners.add(l); }
    void onClick(Runnable r) { this.after = r; }
    void click() {
        for (Listener l : listeners) {
            l.pressed();
            l.clicked(this);
        }
        listeners.forEach(l -> l.clicked(this));
        after.run();
    }
    @Override
    void paint() {
        super.paint();
        draw();
    }
    private void draw() {}
}
