package bank;

public class Account {
    private long balance;
    public void deposit(long n) {
        require(n > 0);
        balance += n;
    }
    public void withdraw(long n) throws InsufficientFunds {
        if (n > balance) {
            throw new InsufficientFunds(n - balance);
        }
        balance -= n;
    }
    private static void require(boolean ok) {
        if (!ok) throw new IllegalArgumentException();
    }
    public long balance() { return balance; }
    static class InsufficientFunds extends Exception {
        final long missing;
        InsufficientFunds(long missing) {
            super("missing " + missing);
            this.missing = missing;
        }
        long missing() { return missing; }
    }
}
