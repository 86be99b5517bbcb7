package bank;

import static org.junit.jupiter.api.Assertions.*;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccountTest {
    private Account account;

    @BeforeEach
    void setUp() { account = Fixtures.rich(); }

    @Test
    void deposits() {
        account.deposit(5);
        assertEquals(105, account.balance());
    }

    @Test
    void refuses() {
        assertThrows(Account.InsufficientFunds.class, () -> account.withdraw(1000));
        try {
            account.withdraw(200);
        } catch (Account.InsufficientFunds | RuntimeException e) {
            fail(e.getMessage());
        }
        try {
            account.withdraw(300);
        } catch (Account.InsufficientFunds e) {
            check(e.missing());
        } finally {
            cleanup();
        }
    }
    private void check(long n) { assertTrue(n > 0); }
    private static void cleanup() {}

    @Nested
    class WhenEmpty {
        @Test
        void isZero() { assertEquals(0, Fixtures.empty().balance()); check(1); }
    }
}
