class Failure extends Exception {
    Failure(String text) {
        super(text);
    }
    void log() {}
}
class Fail {
    void risky() throws Failure {
        throw new Failure("x");
    }
    void go() {
        try {
            risky();
        } catch (Failure failure) {
            failure.log();
        }
    }
}
