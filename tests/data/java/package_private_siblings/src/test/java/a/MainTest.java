package a;

import org.junit.Test;

class MainTest {
    @Test
    public void check() {
        new Main().go();
        Helper.help();
    }
}
