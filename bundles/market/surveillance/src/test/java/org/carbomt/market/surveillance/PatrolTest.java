package org.carbomt.market.surveillance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.carbomt.api.CarboException;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.verification.Severity;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class PatrolTest {
    private final List<MarketEvent> events = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private RelationalStore store;
    private FindingTable table;
    private Patrol patrol;

    /** Notes every event under the account's name; fails on those of 'bad'. */
    private record EachEvent(String id, AtomicInteger asked) implements MarketRule {
        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Note> see(MarketEvent e) {
            asked.incrementAndGet();
            if (e.order().account().equals("bad")) throw new IllegalStateException("a rule of somebody else that fails");
            return List.of(new Note(Severity.INFO, "" + e.number(), 7, "event " + e.number(), List.of(e.order().account()), List.of(e.order().id()), Map.of("number", "" + e.number(), "text", "a=b\nc")));
        }
    }

    @BeforeEach
    void open(TestInfo info) {
        store = RelationalStore.forTest("surveillance-" + info.getTestMethod().orElseThrow().getName());
        table = new FindingTable(store.open("org.carbomt.market.surveillance", getClass().getClassLoader(), "db/market_surveillance.xml"));
        patrol = new Patrol(() -> List.of(new EachEvent("each", asked), new EachEvent("again", asked)), table);
        var tape = new Tape(new MarketRule() {
            @Override
            public String id() {
                return "tape";
            }

            @Override
            public String version() {
                return "1";
            }

            @Override
            public List<Note> see(MarketEvent e) {
                events.add(e);
                return List.of();
            }
        });
        for (var account : List.of("one", "two", "bad", "three")) tape.crossSelf(account);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Exchange exchange() {
        return (Exchange) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Exchange.class}, (p, m, a) -> switch (m.getName()) {
            case "events" -> events.stream().filter(e -> e.number() > (Long) a[0]).limit((Integer) a[1]).toList();
            case "hashCode" -> 1;
            case "equals" -> p == a[0];
            default -> throw new AssertionError(m.getName());
        });
    }

    @Test
    void recordsEachFindingOnceAlsoWhenTheExchangeOpensAgain() {
        var exchange = exchange();
        assertFalse(patrol.look(exchange));
        assertEquals(12, table.list(true, Optional.empty(), 100).size(), "two rules, six events of others; those of 'bad' make the rules fail and stop nothing");
        patrol.look(exchange);
        patrol.look(exchange());
        assertEquals(16, asked.get(), "the exchange that opens its journal again shows nothing new");
        events.remove(7);
        patrol.look(exchange());
        assertEquals(16 + 14, asked.get(), "another market is seen from its beginning");
        assertEquals(12, table.list(false, Optional.empty(), 100).size());
        var of = table.list(true, Optional.of("two"), 100);
        assertEquals(4, of.size());
        assertEquals("a=b c", of.get(0).evidence().get("text"));
        assertTrue(table.list(true, Optional.of("tw"), 100).isEmpty());
    }

    @Test
    void aFindingIsJudgedOnceByOnePerson() {
        patrol.look(exchange());
        var id = table.list(true, Optional.of("one"), 1).get(0).id();
        assertEquals("reason", assertThrows(CarboException.Invalid.class, () -> table.clear(id, "vera", " ")).problem().field());
        assertThrows(CarboException.NotFound.class, () -> table.clear("market-x", "vera", "fine"));
        assertEquals(Optional.of("vera"), table.clear(id, "vera", "a test of theirs").clearedBy());
        assertEquals("a test of theirs", table.clear(id, "vera", "a test of theirs").clearedReason());
        assertThrows(CarboException.Conflict.class, () -> table.clear(id, "otto", "fine"));
        assertEquals(11, table.list(true, Optional.empty(), 100).size());
        assertEquals("a test of theirs", table.find(id).orElseThrow().clearedReason());
    }
}
