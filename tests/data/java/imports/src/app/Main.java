package app;

import lib.One;
import lib.inner.*;
import static lib.Help.assist;
import static lib.Tools.*;
import java.util.List;

public class Main {
    public static void main(String[] args) {
        One.go();
        Two two = new Two();
        two.run();
        assist();
        hammer();
        lib.Full.name();
        List.of();
    }
}
