package org.carbomt.market.matching.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.carbomt.api.market.Depth;
import org.carbomt.api.market.Order;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/market.md, rule by rule, each with a case done by hand. Accounts 0, 1, 2 have cash 10,000 and 100 tonnes of token 7. */
class RulesTest {
    private static final Limits LIMITS = new Limits(3, 4, 1_000);
    private final Engine engine = new Engine(LIMITS, Watch.NOBODY);
    private final EngineView view = new EngineView(engine, "USD");

    @BeforeEach
    void accounts() {
        engine.instrument(7, 5);
        for (int i = 0; i < 3; i++) {
            engine.account("a" + i);
            engine.deposit(1_000 + i, i, Engine.CASH, 10_000);
            engine.deposit(2_000 + i, i, 1, 100);
        }
    }

    private Order place(long id, int account, int side, int type, long price, long tonnes) {
        engine.place(id, account, 0, side, type, price, tonnes);
        return view.find(id).orElseThrow();
    }

    private String amounts(int asset, int account) {
        var p = view.position(asset, account);
        return p.free() + " " + p.inOrders() + " " + p.outgoing() + " " + p.incoming();
    }

    // 3.1 price first, then time: the better price trades before the earlier order
    @Test
    void betterPriceThenEarlierOrder() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 20, 10);
        place(2, 1, Codes.SELL, Codes.LIMIT, 15, 10);
        place(3, 0, Codes.SELL, Codes.LIMIT, 15, 10);
        assertEquals(Order.Status.FILLED, place(4, 2, Codes.BUY, Codes.LIMIT, 20, 15).status());
        assertEquals(0, view.find(2).orElseThrow().open());
        assertEquals(5, view.find(3).orElseThrow().open());
        assertEquals(10, view.find(1).orElseThrow().open());
    }

    // 4.2 ten tonnes held at 20 are bought at 15: 50 comes back at once, 150 is on its way
    @Test
    void tradesAtThePriceOfTheOneThatWaitedAndGivesBackTheRest() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 15, 10);
        place(2, 1, Codes.BUY, Codes.LIMIT, 20, 10);
        assertEquals("9850 0 150 0", amounts(Engine.CASH, 1));
        assertEquals("100 0 0 10", amounts(1, 1));
        assertEquals("10000 0 0 150", amounts(Engine.CASH, 0));
        assertEquals("90 0 10 0", amounts(1, 0));
    }

    // 5.1 what was bought is at one's disposal only when the chain has moved it
    @Test
    void settlesACutBatchOnceOrGivesBack() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 15, 10);
        place(2, 1, Codes.BUY, Codes.LIMIT, 15, 4);
        place(3, 1, Codes.BUY, Codes.LIMIT, 15, 6);
        assertEquals(Verdict.UNKNOWN_SETTLEMENT, engine.settled(1));
        assertEquals(Verdict.DONE, engine.cut());
        var settlement = view.settlements("k/").get(0);
        assertEquals("10 150 2 k/1", settlement.tonnes() + " " + settlement.cashMinor() + " " + settlement.trades() + " " + settlement.effectKey());
        assertEquals(Verdict.DONE, engine.settled(1));
        assertEquals(Verdict.UNKNOWN_SETTLEMENT, engine.settled(1));
        assertEquals("110 0 0 0", amounts(1, 1));
        assertEquals("10150 0 0 0", amounts(Engine.CASH, 0));
        place(4, 0, Codes.SELL, Codes.LIMIT, 15, 10);
        place(5, 1, Codes.BUY, Codes.LIMIT, 15, 10);
        engine.cut();
        assertEquals(Verdict.DONE, engine.failed(2));
        assertEquals("110 0 0 0", amounts(1, 1));
        assertEquals("9850 0 0 0", amounts(Engine.CASH, 1));
        assertEquals("90 0 0 0", amounts(1, 0));
    }

    // 2.2 of 30 wanted 10 are there
    @Test
    void marketAndImmediateOrdersNeverWait() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 15, 10);
        place(2, 0, Codes.SELL, Codes.LIMIT, 25, 10);
        var immediate = place(3, 1, Codes.BUY, Codes.IMMEDIATE_OR_CANCEL, 20, 30);
        assertEquals("CANCELLED UNFILLED 10 0", immediate.status() + " " + immediate.reason() + " " + immediate.filled() + " " + immediate.open());
        var market = place(4, 1, Codes.BUY, Codes.MARKET, 0, 4);
        assertEquals("FILLED 4", market.status() + " " + market.filled());
        assertEquals("9750 0 250 0", amounts(Engine.CASH, 1));
        assertEquals("UNFILLED", place(5, 1, Codes.SELL, Codes.MARKET, 0, 4).reason().name());
    }

    // 2.2 cash of 10,000 buys 6 tonnes at 1,500: the seventh would need 10,500
    @Test
    void aMarketPurchaseGoesAsFarAsTheCash() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 1_500, 10);
        var market = place(2, 1, Codes.BUY, Codes.MARKET, 0, 10);
        assertEquals("CANCELLED CASH_TOO_LITTLE 6", market.status() + " " + market.reason() + " " + market.filled());
        assertEquals("1000 0 9000 0", amounts(Engine.CASH, 1));
    }

    @Test
    void fillOrKillIsAllOrNothing() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 15, 10);
        place(2, 2, Codes.SELL, Codes.LIMIT, 20, 10);
        assertEquals("NOT_WHOLE 0", place(3, 1, Codes.BUY, Codes.FILL_OR_KILL, 15, 11).reason() + " " + view.find(3).orElseThrow().filled());
        assertEquals("10000 0 0 0", amounts(Engine.CASH, 1));
        assertEquals(Order.Status.FILLED, place(4, 1, Codes.BUY, Codes.FILL_OR_KILL, 20, 11).status());
        // an own order stands in the way before enough is found
        assertEquals("NOT_WHOLE", place(5, 2, Codes.BUY, Codes.FILL_OR_KILL, 20, 1).reason().name());
    }

    // 3.2 the newer order is cancelled where it meets its own account; what it traded before stands
    @Test
    void nobodyTradesWithThemselves() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 15, 2);
        place(2, 1, Codes.SELL, Codes.LIMIT, 20, 10);
        var buy = place(3, 1, Codes.BUY, Codes.LIMIT, 20, 5);
        assertEquals("CANCELLED SELF_TRADE 2 0", buy.status() + " " + buy.reason() + " " + buy.filled() + " " + buy.open());
        assertEquals(10, view.find(2).orElseThrow().open());
        assertEquals("9970 0 30 0", amounts(Engine.CASH, 1));
    }

    @Test
    void aReducedOrderKeepsItsPlace() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 15, 10);
        place(2, 2, Codes.SELL, Codes.LIMIT, 15, 10);
        assertEquals(Verdict.DONE, engine.reduce(0, 1, 3));
        assertEquals(Verdict.DONE, engine.reduce(0, 1, 8)); // never more than there is
        assertEquals("97 3 0 0", amounts(1, 0));
        place(3, 1, Codes.BUY, Codes.LIMIT, 15, 4);
        assertEquals("0 9", view.find(1).orElseThrow().open() + " " + view.find(2).orElseThrow().open());
        assertEquals(Verdict.DONE, engine.reduce(2, 2, 0));
        assertEquals("CANCELLED BY_OWNER", view.find(2).orElseThrow().status() + " " + view.find(2).orElseThrow().reason());
    }

    @Test
    void cancelsOnlyWhatIsOpenAndOnesOwn() {
        place(1, 0, Codes.BUY, Codes.LIMIT, 15, 10);
        assertEquals("9850 150 0 0", amounts(Engine.CASH, 0));
        assertEquals(Verdict.UNKNOWN_ORDER, engine.cancel(0, 99));
        assertEquals(Verdict.UNKNOWN_ORDER, engine.cancel(0, 1_000)); // a deposit
        assertEquals(Verdict.FOREIGN_ORDER, engine.cancel(1, 1));
        assertEquals(Verdict.DONE, engine.cancel(0, 1));
        assertEquals(Verdict.NOT_OPEN, engine.cancel(0, 1));
        assertEquals("10000 0 0 0", amounts(Engine.CASH, 0));
    }

    @Test
    void refusesWithTheReason() {
        assertEquals(Order.Reason.OFF_TICK, place(1, 0, Codes.BUY, Codes.LIMIT, 16, 1).reason());
        assertEquals(Order.Reason.OFF_TICK, place(2, 0, Codes.BUY, Codes.LIMIT, 0, 1).reason());
        assertEquals(Order.Reason.OFF_TICK, place(3, 0, Codes.BUY, Codes.MARKET, 15, 1).reason());
        assertEquals(Order.Reason.OVERFLOW, place(4, 0, Codes.BUY, Codes.LIMIT, Long.MAX_VALUE / 5 * 5 - 5, 2).reason());
        assertEquals(Order.Reason.CASH_TOO_LITTLE, place(5, 0, Codes.BUY, Codes.LIMIT, 105, 100).reason());
        assertEquals(Order.Reason.CREDITS_TOO_FEW, place(6, 0, Codes.SELL, Codes.LIMIT, 105, 101).reason());
        assertEquals(Order.Status.REFUSED, view.find(6).orElseThrow().status());
        assertThrows(IllegalArgumentException.class, () -> engine.place(7, 0, 0, Codes.BUY, Codes.LIMIT, -5, 1));
        assertThrows(IllegalArgumentException.class, () -> engine.place(7, 0, 0, Codes.BUY, Codes.LIMIT, 5, 0));
        assertEquals(Verdict.UNKNOWN_INSTRUMENT, engine.place(7, 0, 1, Codes.BUY, Codes.LIMIT, 5, 1));
        assertEquals(Verdict.UNKNOWN_ACCOUNT, engine.place(7, 3, 0, Codes.BUY, Codes.LIMIT, 5, 1));
        assertEquals(Verdict.REFUSED, engine.deposit(8, 0, Engine.CASH, Long.MAX_VALUE));
        assertEquals(Order.Reason.OVERFLOW, view.reason(8));
    }

    @Test
    void holdsNoMoreThanItsLimits() {
        for (int i = 0; i < 3; i++) place(1 + i, 0, Codes.BUY, Codes.LIMIT, 5 + 5 * i, 1);
        assertEquals(Order.Reason.BOOK_FULL, place(4, 1, Codes.BUY, Codes.LIMIT, 50, 1).reason());
        assertEquals(Order.Status.OPEN, place(5, 0, Codes.BUY, Codes.LIMIT, 5, 1).status());
        assertEquals(Order.Reason.TOO_MANY_OPEN, place(6, 0, Codes.BUY, Codes.LIMIT, 5, 1).reason());
    }

    @Test
    void theSameRequestAgainIsTheSameOrder() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 15, 10);
        assertEquals(Verdict.REPEATED, engine.place(1, 0, 0, Codes.SELL, Codes.LIMIT, 15, 10));
        assertEquals(Verdict.DIFFERS, engine.place(1, 0, 0, Codes.SELL, Codes.LIMIT, 15, 11));
        assertEquals(Verdict.REPEATED, engine.deposit(1_000, 0, Engine.CASH, 10_000));
        assertEquals(Verdict.DIFFERS, engine.withdraw(1_000, 0, Engine.CASH, 10_000));
        assertEquals("90 10 0 0", amounts(1, 0));
        assertEquals(Verdict.REPEATED, engine.account("a0"));
        assertEquals(Verdict.REPEATED, engine.instrument(7, 5));
        assertEquals(Verdict.DIFFERS, engine.instrument(7, 10));
    }

    // 5.3 of 100 tonnes 40 are offered in two orders; 70 are gone from the chain: the newer order goes first
    @Test
    void takesAwayWhatTheChainDoesNotCover() {
        place(1, 0, Codes.SELL, Codes.LIMIT, 15, 20);
        place(2, 0, Codes.SELL, Codes.LIMIT, 20, 20);
        engine.uncover(0, 1, 70);
        assertEquals("10 20 0 0", amounts(1, 0));
        assertEquals("OPEN NOT_COVERED", view.find(1).orElseThrow().status() + " " + view.find(2).orElseThrow().reason());
        assertEquals(230, view.supply(1));
    }

    @Test
    void showsTheBookBestFirst() {
        place(1, 0, Codes.BUY, Codes.LIMIT, 10, 1);
        place(2, 1, Codes.BUY, Codes.LIMIT, 15, 2);
        place(3, 2, Codes.BUY, Codes.LIMIT, 10, 3);
        place(4, 2, Codes.SELL, Codes.LIMIT, 25, 4);
        place(5, 2, Codes.SELL, Codes.LIMIT, 20, 5);
        var depth = view.depth(0, 10);
        assertEquals(List.of(new Depth.Level(15, 2, 1), new Depth.Level(10, 4, 2)), depth.bids());
        assertEquals(List.of(new Depth.Level(20, 5, 1), new Depth.Level(25, 4, 1)), depth.asks());
        assertEquals(1, view.depth(0, 1).asks().size());
        assertEquals(List.of(5L, 4L), view.orders(2, true, 2).stream().map(o -> EngineView.parseOrderId(o.id())).toList());
        assertEquals(15, view.instrument(0).bid().orElseThrow());
    }
}
