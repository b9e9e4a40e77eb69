package org.carbomt.market.matching.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.carbomt.api.CarboException;
import org.carbomt.api.market.Depth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookReplayTest {
    private static final String HEADER = "id,timestamp,price,volume,action,direction\n";
    /** By hand, rules 7.1 to 7.6: an ask of 5 t, one of less than a tonne, a bid that takes 3 t of the first, the rest made smaller, one cancelled. */
    private static final String DAY = HEADER + """
        A,0,43.004,50000,created,ask
        B,1,43.00,9999,created,ask
        C,2,43.015,30000,created,bid
        D,3,42.50,20000,created,bid
        A,4,43.00,10000,changed,ask
        E,5,42.00,70000,created,bid
        D,6,42.50,0,deleted,bid
        F,7,40.00,10000,changed,bid
        """;
    @TempDir
    Path folder;

    private static OrderEvents events(String text) throws IOException {
        return OrderEvents.read(new BufferedReader(new StringReader(text)));
    }

    @Test
    void followsTheWrittenRules() throws IOException {
        var replay = BookReplay.of(events(DAY), 10);
        assertEquals(List.of(new BookReplay.Fill(4, 4_300, 3, true, "C", "A")), replay.trades());
        assertEquals(List.of(new Depth.Level(4_300, 1, 1)), replay.depth().asks());
        assertEquals(List.of(new Depth.Level(4_200, 7, 1)), replay.depth().bids());
        assertEquals(2, replay.openOrders());
        assertEquals(3, replay.tonnesTraded());
    }

    @Test
    void hasTheStateOfTheJournalledMarket() throws IOException {
        var events = events(DAY);
        var report = Replay.report(events, folder);
        assertTrue(report.contains(BookReplay.of(events, 1).state().hex()), report);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"A,0,43,x,created,ask|line 2, volume = x", "A,0,-1,1,created,ask|line 2, price = -1; expected a number from 0", "A,0,1e999999999,1,created,ask|line 2, price", "A,0,1,1e-999999999,created,ask|line 2, volume", "A,0,1,1,made,ask|created or changed or deleted",
        "A,0,1,1,created,up|bid or ask", ",0,1,1,created,ask|line 2, id", "A,0,1,1|line 2, cells = 4; expected 6"})
    void saysWhatIsWrong(String line, String expected) {
        var refused = assertThrows(CarboException.Invalid.class, () -> events(HEADER + line + "\n")).problem().sentence();
        assertTrue(refused.contains(expected), refused);
    }

    @Test
    void refusesAnotherTable() {
        for (var text : List.of("", "a,b\n1,2\n")) assertTrue(assertThrows(CarboException.Invalid.class, () -> events(text)).problem().sentence().contains("column id"));
    }
}
