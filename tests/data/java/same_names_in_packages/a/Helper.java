package a;

class Helper {
    static void run() {}
}
