package bank;

final class Fixtures {
    static Account empty() { return new Account(); }
    static Account rich() {
        Account a = empty();
        a.deposit(100);
        return a;
    }
}
