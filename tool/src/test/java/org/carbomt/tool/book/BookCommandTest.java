package org.carbomt.tool.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Run;
import org.junit.jupiter.api.Test;

class BookCommandTest {
    private static final String DAY = """
        id,price,volume,action,direction
        "A",43.00,50000,created,ask
        C,43.01,30000,created,bid
        D,42.50,20000,created,bid
        """;

    private static Run run(String csv, String... more) {
        var args = new String[more.length + 2];
        args[0] = "book";
        args[1] = "-";
        System.arraycopy(more, 0, args, 2, more.length);
        return Run.of(csv.getBytes(StandardCharsets.UTF_8), args);
    }

    @Test
    void printsDepthTradesAndState() {
        var table = run(DAY);
        assertEquals(Exit.OK, table.code(), table.err());
        assertTrue(table.out().contains("ask   43.00         2                 1\nbid   42.50         2                 1\n"), table.out());
        assertTrue(table.out().contains("3 events of 3 orders, 3 commands: 1 trades of 3 t, 2 orders wait"), table.out());
        assertTrue(table.out().matches("(?s).*state after 3004 commands: [0-9a-f]{64}\\R"), table.out());
        assertEquals("trade,line,price,tonnes,taker,takerOrder,makerOrder\n1,3,43.00,3,BUY,C,\"\"\"A\"\"\"\n", run(DAY, "--format", "csv").out());
        var json = run(DAY, "--format", "json", "--levels", "1").out();
        assertTrue(json.contains("\"asks\":[{\"priceMinor\":4300,\"tonnes\":2,\"orders\":1}]") && json.contains("\"trades\":[{\"line\":3,"), json);
    }

    @Test
    void saysWhatIsWrongAndWritesNothing() {
        var run = run(DAY + "E,none,1,created,bid\n");
        assertEquals(Exit.REFUSED, run.code());
        assertEquals("", run.out());
        assertEquals("carbomt: -: event.malformed: line 5, price = none; expected a decimal number\n", run.err());
        assertEquals(Exit.USAGE, run(DAY, "--levels", "0").code());
        assertEquals(Exit.UNREADABLE, Run.of("book", "/nowhere/orders.csv").code());
    }
}
