package org.carbomt.market.matching.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carbomt.api.market.Order;
import org.carbomt.market.matching.engine.Codes;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.EngineView;
import org.carbomt.market.matching.engine.Limits;
import org.carbomt.market.matching.engine.Memory;
import org.carbomt.market.matching.engine.SlowMarket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order events of a real day (PROVENANCE.md beside the file: not part of the product). */
class RealFileTest {
    private static final String FILE = "shared/data/order-book-events/orders_first_part.csv";
    private static final String STATE = "44b9be88ae1116db15ea63c391ed08fa8fe575ea26a754947120254071c04b95";
    @TempDir
    Path folder;

    private static OrderEvents events() throws Exception {
        var found = System.getProperty("market.events.file");
        for (var at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) if (Files.exists(at.resolve(FILE))) found = at.resolve(FILE).toString();
        assumeTrue(found != null, "the file " + FILE + " is not here; -Dmarket.events.file says where");
        return OrderEvents.read(Path.of(found));
    }

    // TRUST C2 on the whole file: the same answers, trades and orders as the list that is searched from the front
    @Test
    void agreesWithTheOracleOnEveryEvent() throws Exception {
        var events = events();
        var memory = new Memory();
        var fast = new Engine(Limits.RULES_1, memory);
        var view = new EngineView(fast, "USD");
        memory.watch(fast, view);
        var slow = new SlowMarket(Limits.RULES_1);
        fast.instrument(1, 1);
        slow.instrument(1);
        for (int a = 0; a < OrderEvents.ACCOUNTS; a++) {
            fast.account("trader-" + a);
            slow.account();
            for (int asset = 0; asset < 2; asset++) {
                long id = -1 - 2L * a - asset;
                fast.deposit(id, a, asset, OrderEvents.ENDOWMENT);
                slow.amounts(asset, a).free = java.math.BigInteger.valueOf(OrderEvents.ENDOWMENT);
            }
        }
        for (int i = 0; i < events.size(); i++) {
            int account = events.number(i) % OrderEvents.ACCOUNTS;
            long id = events.number(i);
            if (events.kind(i) == OrderEvents.PLACE) {
                assertEquals(slow.place(id, account, 0, events.side(i), Codes.LIMIT, events.price(i), events.tonnes(i)), fast.place(id, account, 0, events.side(i), Codes.LIMIT, events.price(i), events.tonnes(i)));
            } else {
                assertEquals(slow.reduce(account, id, events.tonnes(i)), events.kind(i) == OrderEvents.CANCEL ? fast.cancel(account, id) : fast.reduce(account, id, events.tonnes(i)));
            }
        }
        var trades = new ArrayList<String>();
        for (var t : memory.trades(java.util.OptionalLong.empty(), 0, 1_000_000)) {
            boolean buys = t.taker() == Order.Side.BUY;
            trades.add(0, t.id() + " " + EngineView.parseOrderId(buys ? t.sellOrder() : t.buyOrder()) + " " + EngineView.parseOrderId(buys ? t.buyOrder() : t.sellOrder()) + " " + t.tonnes() + " " + t.priceMinor() + " " + t.settlement());
        }
        assertEquals(slow.trades, trades);
        assertTrue(trades.size() > 100, "trades: " + trades.size());
        for (var o : slow.arrived) {
            var order = view.find(o.id).orElseThrow();
            assertEquals(List.of(o.open, o.filled, Codes.STATUSES.get(o.status)), List.of(order.open(), order.filled(), order.status()));
        }
    }

    // the hash stands in docs/market.md: who follows the rules there arrives at it
    @Test
    void givesTheStateOfTheDocs() throws Exception {
        var report = Replay.report(events(), folder);
        assertTrue(report.contains(STATE), report);
        assertEquals(STATE, BookReplay.of(events(), 1).state().hex());
        assertTrue(report.contains("same state"), report);
    }
}
