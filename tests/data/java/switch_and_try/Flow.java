class Res implements AutoCloseable {
    public void close() {}
    int read() {
        return 1;
    }
}
class Flow {
    int go(int n) throws Exception {
        try (Res res = new Res()) {
            return switch (n) {
                case 1 -> res.read();
                default -> other();
            };
        } catch (RuntimeException e) {
            throw new Failure(e);
        }
    }
    int other() {
        return 2;
    }
}
class Failure extends Exception {
    Failure(Throwable cause) {
        super(cause);
    }
}
