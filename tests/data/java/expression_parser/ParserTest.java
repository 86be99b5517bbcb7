package calc;

import static org.junit.Assert.assertEquals;
import org.junit.Before;
import org.junit.Test;

public class ParserTest {
    private Node node;
    @Before
    public void before() { node = Parser.parse("1+2"); }
    @Test
    public void adds() { assertEquals(3, node.eval(), 0.1); }
    @Test(expected = Parser.ParseException.class)
    public void refuses() {
        try {
            Parser.parse("+");
        } catch (Parser.ParseException e) {
            assertEquals(0, e.getPosition());
            throw e;
        }
    }
}
