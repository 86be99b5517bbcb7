package a;

class Helper {
    static void help() {}
}

class Second {
    void run() {}
}
