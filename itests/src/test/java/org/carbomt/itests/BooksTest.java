package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sums over a chain's events, and the faults they must show. */
class BooksTest {
    private static final Map<String, String> ACCOUNTS = Map.of(address(1), "a", address(2), "b");
    private final List<ChainReader.Event> events = new ArrayList<>(List.of(
            event("TransferSingle", "from", 0, "to", 1, "tokenId", 7, "tonnes", 100),
            event("CashDeposited", "minor", 500), event("Transfer", "from", 0, "to", 2, "minor", 500),
            event("TransferSingle", "from", 1, "to", 2, "tokenId", 7, "tonnes", 40), event("Transfer", "from", 2, "to", 1, "minor", 80),
            event("TransferSingle", "from", 2, "to", 0, "tokenId", 7, "tonnes", 10), event("CreditsRetired", "tokenId", 7, "serialFirst", 1, "serialLast", 10)));

    private static String address(int n) {
        return "0x%040x".formatted(n);
    }

    private static ChainReader.Event event(String name, Object... members) {
        var words = new HashMap<String, String>();
        for (int i = 0; i < members.length; i += 2) words.put((String) members[i], "%064x".formatted((Integer) members[i + 1]));
        return new ChainReader.Event(name, words);
    }

    private Books books() {
        return Books.ofTransfers(events, ACCOUNTS);
    }

    @Test
    void addsUp() {
        assertEquals(new Books(Map.of("a/7", 60L, "b/7", 30L), Map.of("a", 80L, "b", 420L), Map.of(7L, 100L), Map.of(7L, 10L)), books());
        assertEquals(List.of(), Books.violations(events, books()));
    }

    @Test
    void catchesCashFromNowhere() {
        events.add(event("Transfer", "from", 0, "to", 2, "minor", 1));
        assertEquals(List.of("500 cents deposited, 501 held"), Books.violations(events, books()));
    }

    @Test
    void catchesCreditsThatNobodyHeld() {
        events.add(event("TransferSingle", "from", 1, "to", 2, "tokenId", 7, "tonnes", 61));
        assertEquals(List.of("a/7 holds -1"), Books.violations(events, books()));
    }

    @Test
    void catchesASerialRetiredTwice() {
        events.add(event("TransferSingle", "from", 2, "to", 0, "tokenId", 7, "tonnes", 3));
        events.add(event("CreditsRetired", "tokenId", 7, "serialFirst", 10, "serialLast", 12));
        assertEquals(List.of("token 7: serial 10 retired twice"), Books.violations(events, books()));
    }

    @Test
    void differsWhenOneTransferIsMissing() {
        var whole = books();
        events.remove(3);
        assertNotEquals(whole, books());
    }
}
