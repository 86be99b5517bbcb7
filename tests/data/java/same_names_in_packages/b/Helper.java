package b;

class Helper {
    static void run() {}
}
