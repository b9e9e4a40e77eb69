package org.carbomt.market.surveillance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.identity.Person;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Order;
import org.junit.jupiter.api.Test;

/** Each rule just below and just at its limit. */
class RulesTest {
    private static final Relations STRANGERS = (one, other) -> Optional.empty();

    private static Person person(String id, String organisation, String... accounts) {
        return new Person(id, id, organisation, Set.of(), Optional.empty(), Set.of(accounts));
    }

    @Test
    void knowsWhichAccountsBelongTogether() {
        var relations = Relations.of(List.of(new Ledger.Account("a", "Works Ltd", "0x1"), new Ledger.Account("b", " works ltd", "0x2"), new Ledger.Account("c", "Other", "0x3"), new Ledger.Account("d", "", "0x4"), new Ledger.Account("e", "", "0x5")),
                List.of(person("otto", "x", "c", "d"), person("anna", "house", "e"), person("bert", "house", "f"), person("carl", "yard", "g")));
        assertEquals("both are held by works ltd", relations.between("a", "b").orElseThrow());
        assertEquals("otto acts for both", relations.between("d", "c").orElseThrow());
        assertEquals("anna and bert of house act for them", relations.between("e", "f").orElseThrow());
        assertTrue(relations.between("a", "c").isEmpty());
        assertTrue(relations.between("d", "e").isEmpty(), "no holder is no common holder");
        assertTrue(relations.between("f", "g").isEmpty());
    }

    @Test
    void findsATradeBetweenAccountsThatBelongTogether() {
        var tape = new Tape(new WashTrades(() -> (one, other) -> one.equals("a1") && other.equals("a2") ? Optional.of("the same hand") : Optional.empty()));
        tape.trade("a3", "a2", 50, 10);
        assertTrue(tape.notes.isEmpty());
        tape.trade("a1", "a2", 50, 10);
        var note = tape.notes.get(0);
        assertEquals(List.of("a1", "a2"), note.accounts());
        assertEquals(2, note.orders().size());
        assertEquals("the same hand", note.evidence().get("relation"));
    }

    // 100 t there; back 79 t: too few, 80 t: found; at 51 to 50: 2 % are allowed, at 52 not; an hour is too late
    @Test
    void findsATradeThereAndBackAgain() {
        for (var c : List.of(List.of(79, 50, 60, 0), List.of(80, 50, 60, 1), List.of(100, 51, 60, 1), List.of(100, 52, 60, 0), List.of(100, 50, 3_601, 0))) {
            var tape = new Tape(new WashTrades(() -> STRANGERS));
            tape.trade("x", "y", 50, 100);
            tape.pass(Duration.ofSeconds(c.get(2)));
            tape.trade("y", "x", c.get(1), c.get(0));
            assertEquals(c.get(3), tape.notes.size(), c.toString());
            if (c.get(3) == 1) assertEquals(4, tape.notes.get(0).orders().size());
        }
    }

    @Test
    void findsTheThirdAttemptToTradeWithOneself() {
        var tape = new Tape(new SelfCrossing());
        tape.crossSelf("a");
        tape.crossSelf("b");
        tape.crossSelf("a");
        assertTrue(tape.notes.isEmpty());
        tape.crossSelf("a");
        assertEquals(3, tape.notes.get(0).orders().size());
        tape.crossSelf("a");
        assertEquals(1, tape.notes.size(), "once a window");
        tape.pass(Duration.ofMinutes(10));
        tape.crossSelf("a");
        tape.crossSelf("a");
        assertEquals(1, tape.notes.size(), "a new window counts from none");
    }

    @Test
    void findsManyOrdersForFewTrades() {
        var tape = new Tape(new OrderToTrade());
        for (int i = 0; i < 99; i++) tape.cancel(tape.place("a", Order.Side.BUY, 50, 1));
        assertTrue(tape.notes.isEmpty());
        tape.place("a", Order.Side.BUY, 50, 1);
        assertEquals("a placed 100 orders within ten minutes, 99 of them cancelled, and traded 0 times", tape.notes.get(0).message());
        assertEquals(40, tape.notes.get(0).orders().size());
        tape.place("a", Order.Side.BUY, 50, 1);
        assertEquals(1, tape.notes.size());
        // six trades allow 120 orders
        var busy = new Tape(new OrderToTrade());
        for (int i = 0; i < 6; i++) busy.trade("b" + i, "m", 50, 1);
        for (int i = 0; i < 114; i++) busy.place("m", Order.Side.BUY, 50, 1);
        assertTrue(busy.notes.isEmpty());
        busy.place("m", Order.Side.BUY, 50, 1);
        assertEquals(1, busy.notes.size());
    }

    // sells 10 t while 50 t of own bids stand, and takes these out
    @Test
    void findsOrdersThatWereOnlyToBeSeen() {
        for (var c : List.of(List.of(17, 0, 1), List.of(16, 0, 0), List.of(17, 61, 0))) {
            var tape = new Tape(new Layering());
            var bids = new ArrayList<Order>();
            for (int i = 0; i < 3; i++) bids.add(tape.place("a", Order.Side.BUY, 50 - i, c.get(0)));
            tape.pass(Duration.ofSeconds(30));
            tape.trade("b", "a", 51, 10);
            tape.pass(Duration.ofSeconds(c.get(1)));
            bids.forEach(tape::cancel);
            assertEquals(c.get(2), tape.notes.size(), c.toString());
            if (c.get(2) == 1) assertEquals(List.of("a"), tape.notes.get(0).accounts());
        }
        // touched ones, and those placed after the trade, were meant
        var honest = new Tape(new Layering());
        var bids = new ArrayList<Order>();
        for (int i = 0; i < 3; i++) bids.add(honest.place("a", Order.Side.BUY, 50 - i, 50));
        honest.trade("b", "a", 51, 10);
        bids.forEach(honest::cancelPartlyFilled);
        honest.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) bids.add(honest.place("a", Order.Side.BUY, 50 - i, 50));
        bids.subList(3, 6).forEach(honest::cancel);
        assertTrue(honest.notes.isEmpty());
    }

    // twenty trades at 1000; a tenth away is allowed when all were equal, one more is not
    @Test
    void findsAPriceFarFromThoseBefore() {
        var tape = new Tape(new PriceOutliers());
        for (int i = 0; i < 19; i++) tape.trade("x", "y", 1_000, 1);
        tape.trade("x", "y", 5_000, 1);
        assertTrue(tape.notes.isEmpty(), "too few to judge by");
        tape.trade("x", "y", 1_100, 1);
        assertTrue(tape.notes.isEmpty());
        tape.trade("x", "y", 1_101, 1);
        assertEquals("1000", tape.notes.get(0).evidence().get("medianMinor"));
        // where prices move a lot, more is usual: 100 around the median, six times that is 890
        var lively = new Tape(new PriceOutliers());
        for (int i = 0; i < 40; i++) lively.trade("x", "y", 2_000 + 100 * (i % 3 - 1), 1);
        lively.trade("x", "y", 2_800, 1);
        assertTrue(lively.notes.isEmpty());
        lively.trade("x", "y", 2_900, 1);
        assertEquals(1, lively.notes.size());
    }

    @Test
    void findsOrdersUnlikeThoseAround() {
        var tape = new Tape(new UnusualOrders());
        for (int i = 0; i < 30; i++) tape.place("x", Order.Side.BUY, 50, 10);
        tape.place("x", Order.Side.BUY, 50, 199);
        assertTrue(tape.notes.isEmpty());
        tape.place("x", Order.Side.BUY, 50, 200);
        assertEquals("10", tape.notes.get(0).evidence().get("medianTonnes"));
        tape.place("x", Order.Side.BUY, 120, 10, 90, 100);
        assertEquals(1, tape.notes.size());
        tape.place("x", Order.Side.BUY, 121, 10, 90, 100);
        assertEquals(2, tape.notes.size());
        tape.place("x", Order.Side.SELL, 71, 10, 90, 100);
        assertEquals(3, tape.notes.size());
        tape.place("x", Order.Side.SELL, 72, 10, 90, 100);
        assertEquals(3, tape.notes.size());
    }
}
