package lib.inner;

public class Two {
    public void run() {}
}
