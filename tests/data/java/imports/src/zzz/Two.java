package zzz;

public class Two {
    public void run() {}
}
