package ui;

class Form extends Widget {
    private int count;
    private final Button ok = new Button("ok");
    Form() {
        ok.addListener(new Button.Listener() {
            private int clicks;
            @Override
            public void clicked(Button source) {
                bump();
                source.repaint();
                Form.this.submit();
                submit();
            }
            private void bump() { clicks++; }
        });
        ok.onClick(() -> {
            count++;
            log("clicked");
        });
        ok.onClick(new Task());
    }
    private void submit() { new Thread(() -> send(count)).start(); }
    private static void send(int n) {}
    private void log(String text) {}
    class Task implements Runnable {
        public void run() {
            log("task");
            Form.this.setup();
            helper.help();
        }
        Helper helper = new Helper();
    }
    static class Helper {
        void help() { send(1); }
    }
    @Override
    protected void setup() { super.setup(); }
}
