package org.carbomt.market.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.carbomt.api.CarboException;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketSettlement;
import org.carbomt.api.market.Order;
import org.carbomt.api.market.OrderRequest;
import org.carbomt.api.market.Position;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalledExchangeTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private final TwinLedger chain = new TwinLedger();
    private final LinkedBlockingQueue<LiveEvent> live = new LinkedBlockingQueue<>();
    private JournalledExchange exchange;
    @TempDir
    Path folder;

    private final LiveEvents events = new LiveEvents() {
        @Override
        public void publish(LiveEvent event) {
            live.add(event);
        }

        @Override
        public AutoCloseable subscribe(Consumer<LiveEvent> subscriber) {
            throw new AssertionError("nobody subscribes here");
        }
    };

    @BeforeEach
    void open() throws IOException {
        exchange = new JournalledExchange(folder, chain::service, () -> Optional.of(events), NOON, () -> 1);
        if (chain.held("seller", 7) == 0) {
            chain.hold("seller", 7, 100);
            chain.hold("buyer", 0, 10_000);
            exchange.list(7, 5);
        }
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private void reopen() throws IOException {
        close();
        open();
    }

    private static OrderRequest sell(String id, long price, long tonnes) {
        return new OrderRequest(id, "seller", 7, Order.Side.SELL, Order.Type.LIMIT, price, tonnes);
    }

    private static OrderRequest buy(String id, long price, long tonnes) {
        return new OrderRequest(id, "buyer", 7, Order.Side.BUY, Order.Type.LIMIT, price, tonnes);
    }

    private String position(String account, long token) {
        return exchange.positions(account).stream().filter(p -> p.tokenId() == token).map(p -> p.free() + " " + p.inOrders() + " " + p.outgoing() + " " + p.incoming() + ", chain " + p.onChain().orElse(-1) + ", available " + p.available().orElse(-1)).findFirst().orElse("none");
    }

    // what an order needs comes from the chain by itself; the trade is settled once, however often it is asked for
    @Test
    void anOrderTradesAndIsSettledOnChain() {
        var offered = exchange.place(sell("s1", 50, 40));
        assertEquals(Order.Status.OPEN, offered.status());
        assertEquals("0 40 0 0, chain 100, available 60", position("seller", 7));
        var bought = exchange.place(buy("b1", 60, 10));
        assertEquals(Order.Status.FILLED, bought.status());
        assertEquals("100 0 500 0, chain 10000, available 9400", position("buyer", 0));
        assertEquals(30, exchange.order(offered.id()).orElseThrow().open());
        assertEquals(50, exchange.trades(Optional.of(7L), 10).get(0).priceMinor());
        assertTrue(exchange.settle());
        assertTrue(exchange.settle());
        assertEquals(List.of(new Effect.Settle("market/0000000000000001/1", "seller", "buyer", 7, 10, 500)), List.copyOf(chain.outbox.values()));
        assertEquals(MarketSettlement.Status.SETTLING, exchange.settlements(Optional.empty(), 10).get(0).status());
        chain.mine();
        exchange.settle();
        assertFalse(exchange.settle());
        var settled = exchange.settlements(Optional.of(MarketSettlement.Status.SETTLED), 10).get(0);
        assertEquals("0x1", settled.transaction().orElseThrow());
        assertEquals("10 0 0 0, chain 10, available 0", position("buyer", 7));
        assertEquals("500 0 0 0, chain 500, available 0", position("seller", 0));
    }

    @Test
    void theSameRequestAgainIsTheSameOrderAlsoAfterARestart() throws Exception {
        var first = exchange.place(sell("s1", 50, 40));
        assertEquals(first, exchange.place(sell("s1", 50, 40)));
        var before = exchange.state();
        reopen();
        assertEquals(before, exchange.state());
        assertEquals(first, exchange.place(sell("s1", 50, 40)));
        assertEquals("request.differs", assertThrows(CarboException.Conflict.class, () -> exchange.place(sell("s1", 55, 40))).problem().code());
        assertEquals("0 40 0 0, chain 100, available 60", position("seller", 7));
        // another account may use the same request id
        exchange.place(buy("s1", 50, 1));
        assertEquals(2, exchange.state().trades() + exchange.state().openOrders());
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals("priceMinor", assertThrows(CarboException.Invalid.class, () -> sell("x", -5, 1)).problem().field());
        assertEquals("priceMinor", assertThrows(CarboException.Invalid.class, () -> sell("x", Long.MAX_VALUE, 2)).problem().field());
        assertEquals("priceMinor", assertThrows(CarboException.Invalid.class, () -> sell("x", 1L << 40, 1L << 40)).problem().field());
        assertEquals("tonnes", assertThrows(CarboException.Invalid.class, () -> sell("x", 5, 0)).problem().field());
        assertEquals("requestId", assertThrows(CarboException.Invalid.class, () -> sell("no spaces", 5, 1)).problem().field());
        assertEquals("order.off-tick", assertThrows(CarboException.Invalid.class, () -> exchange.place(sell("x", 51, 1))).problem().code());
        assertEquals("credits.too-few", assertThrows(CarboException.Conflict.class, () -> exchange.place(sell("x", 50, 101))).problem().code());
        assertEquals("credits.too-few", assertThrows(CarboException.Conflict.class, () -> exchange.place(sell("x", 50, 101))).problem().code());
        assertEquals("cash.too-little", assertThrows(CarboException.Conflict.class, () -> exchange.place(buy("x", 5_000, 3))).problem().code());
        assertThrows(CarboException.NotFound.class, () -> exchange.place(new OrderRequest("x", "seller", 8, Order.Side.SELL, Order.Type.LIMIT, 5, 1)));
        assertThrows(CarboException.NotFound.class, () -> exchange.place(new OrderRequest("x", "nobody", 7, Order.Side.SELL, Order.Type.LIMIT, 5, 1)));
        assertThrows(CarboException.NotFound.class, () -> exchange.list(100, 1));
        assertEquals("instrument.differs", assertThrows(CarboException.Conflict.class, () -> exchange.list(7, 1)).problem().code());
        assertThrows(CarboException.NotFound.class, () -> exchange.cancel("seller", "order-zz"));
        assertThrows(CarboException.Forbidden.class, () -> exchange.cancel("buyer", exchange.place(sell("y", 50, 1)).id()));
        assertEquals("openTonnes", assertThrows(CarboException.Invalid.class, () -> exchange.reduce("seller", "order-zz", -1)).problem().field());
    }

    @Test
    void bringsInAndTakesOutWhatIsThereAndNotTwice() {
        assertEquals(60, exchange.deposit("d1", "seller", 7, 60).free());
        assertEquals(60, exchange.deposit("d1", "seller", 7, 60).free());
        assertEquals("credits.too-few", assertThrows(CarboException.Conflict.class, () -> exchange.deposit("d2", "seller", 7, 41)).problem().code());
        exchange.place(sell("s1", 50, 50));
        assertEquals("credits.too-few", assertThrows(CarboException.Conflict.class, () -> exchange.withdraw("w1", "seller", 7, 11)).problem().code());
        assertEquals(0, exchange.withdraw("w2", "seller", 7, 10).free());
        assertEquals(0, exchange.withdraw("w2", "seller", 7, 10).free());
        assertEquals("request.differs", assertThrows(CarboException.Conflict.class, () -> exchange.withdraw("w2", "seller", 7, 9)).problem().code());
        assertEquals("0 50 0 0, chain 100, available 50", position("seller", 7));
        var order = exchange.orders("seller", true, 10).get(0);
        assertEquals(20, exchange.reduce("seller", order.id(), 20).open());
        assertEquals(Order.Status.CANCELLED, exchange.cancel("seller", order.id()).status());
        assertEquals(Order.Status.CANCELLED, exchange.cancel("seller", order.id()).status());
        assertEquals("50 0 0 0, chain 100, available 50", position("seller", 7));
    }

    // on chain already, the journal does not know it yet: the tonnes must not be brought in a second time
    @Test
    void whatIsBeingSettledIsNeverAvailableTwice() {
        exchange.place(sell("s1", 50, 40));
        exchange.place(buy("b1", 50, 40));
        exchange.settle();
        chain.mine();
        assertEquals("0 0 0 40, chain 40, available 0", position("buyer", 7));
        assertThrows(CarboException.Conflict.class, () -> exchange.deposit("d", "buyer", 7, 1));
        exchange.settle();
        assertEquals("40 0 0 0, chain 40, available 0", position("buyer", 7));
    }

    // the seller moved the credits elsewhere in the meantime
    @Test
    void aRefusedSettlementGivesBothBackAndWhatIsGoneLeavesTheMarket() {
        exchange.place(sell("s1", 50, 40));
        var second = exchange.place(sell("s2", 80, 50));
        exchange.place(buy("b1", 50, 40));
        chain.hold("seller", 7, -95);
        exchange.settle();
        chain.mine();
        exchange.settle();
        assertEquals("2000 0 0 0, chain 10000, available 8000", position("buyer", 0));
        var failed = exchange.settlements(Optional.of(MarketSettlement.Status.FAILED), 10).get(0);
        assertEquals("insufficient balance", failed.reason());
        for (int i = 0; i < 4; i++) exchange.settle();
        assertEquals("5 0 0 0, chain 5, available 0", position("seller", 7));
        assertEquals(Order.Reason.NOT_COVERED, exchange.order(second.id()).orElseThrow().reason());
        assertEquals("2000 0 0 0, chain 10000, available 8000", position("buyer", 0));
    }

    // the process dies between asking the ledger and noting it, at each request in turn, and comes up again from the journal
    @Test
    void everyTradeIsSettledExactlyOnceWhereverTheProcessDies() throws Exception {
        chain.hold("third", 7, 100);
        chain.hold("third", 0, 10_000);
        var random = new Random(5);
        for (int round = 0; round < 12; round++) {
            for (int i = 0; i < 6; i++) {
                var account = List.of("seller", "buyer", "third").get(random.nextInt(3));
                var side = random.nextBoolean() ? Order.Side.SELL : Order.Side.BUY;
                try {
                    exchange.place(new OrderRequest("r" + round + "." + i, account, 7, side, Order.Type.LIMIT, 45 + 5 * random.nextInt(3), 1 + random.nextInt(5)));
                } catch (CarboException.Conflict poor) {
                    assertTrue(poor.problem().code().startsWith("c"), poor.getMessage());
                }
            }
            chain.dieAtRequest = chain.requests + random.nextInt(3);
            try {
                for (int i = 0; i < 3; i++) exchange.settle();
            } catch (TwinLedger.Died died) {
                reopen();
            }
            if (random.nextBoolean()) chain.mine();
            if (random.nextInt(3) == 0) reopen();
        }
        chain.dieAtRequest = -1;
        do {
            chain.mine();
        } while (exchange.settle());
        assertEquals(0, exchange.state().unsettled());
        long traded = exchange.trades(Optional.empty(), 1_000).stream().mapToLong(t -> t.tonnes()).sum();
        assertEquals(traded, chain.outbox.values().stream().mapToLong(Effect.Settle::tonnes).sum());
        assertEquals(exchange.state().trades(), exchange.settlements(Optional.of(MarketSettlement.Status.SETTLED), 1_000).stream().mapToLong(MarketSettlement::trades).sum());
        assertTrue(traded > 30, "traded: " + traded);
        for (var account : List.of("seller", "buyer", "third")) {
            for (var p : exchange.positions(account)) {
                assertTrue(p.free() + p.inOrders() <= p.onChain().orElseThrow(), p.toString());
                assertEquals(p.onChain().orElseThrow() - p.free() - p.inOrders(), p.available().orElseThrow());
            }
        }
        assertEquals(200, List.of("seller", "buyer", "third").stream().mapToLong(a -> chain.held(a, 7)).sum());
        assertEquals(20_000, List.of("seller", "buyer", "third").stream().mapToLong(a -> chain.held(a, 0)).sum());
    }

    @Test
    void tradesWhileTheLedgerIsAwayAndSettlesWhenItIsBack() {
        exchange.place(sell("s1", 50, 40));
        exchange.deposit("d", "buyer", 0, 500);
        chain.away = true;
        assertEquals(Order.Status.FILLED, exchange.place(buy("b1", 50, 10)).status());
        assertFalse(exchange.settle());
        assertThrows(CarboException.Unavailable.class, () -> exchange.deposit("d2", "buyer", 0, 1));
        assertEquals("0 0 500 0, chain -1, available -1", position("buyer", 0));
        chain.away = false;
        exchange.settle();
        chain.mine();
        exchange.settle();
        assertEquals(10, chain.held("buyer", 7));
    }

    @Test
    void tellsTheMarketWithoutNames() throws Exception {
        exchange.place(sell("s1", 50, 40));
        exchange.place(new OrderRequest("b1", "buyer", 7, Order.Side.BUY, Order.Type.MARKET, 0, 10));
        var kinds = new ArrayList<String>();
        for (LiveEvent e; !kinds.contains("trade") && (e = live.poll(10, TimeUnit.SECONDS)) != null;) {
            assertEquals("market", e.topic());
            assertEquals("7", e.subject());
            assertFalse(e.toString().contains("seller") || e.toString().contains("buyer"), e.toString());
            kinds.add((String) e.values().get("kind"));
        }
        assertTrue(kinds.containsAll(List.of("quote", "trade")), kinds.toString());
        var kindsOfEvents = exchange.events(0, 100).stream().map(MarketEvent::kind).toList();
        assertEquals(List.of(MarketEvent.Kind.PLACED, MarketEvent.Kind.PLACED, MarketEvent.Kind.TRADED), kindsOfEvents);
        assertEquals("seller", exchange.events(2, 100).get(0).counterparty().orElseThrow().account());
        assertEquals(50, exchange.instruments().get(0).last().orElseThrow());
        assertEquals(30, exchange.depth(7, 5).asks().get(0).tonnes());
    }

    // what one order brought in, another of the same account cannot take away from it
    @Test
    void manyAtOnceAreEachCovered() throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        try {
            var tasks = IntStream.range(0, 50).<Callable<Order>>mapToObj(i -> () -> exchange.place(sell("s" + i, 50, 2))).toList();
            for (var f : pool.invokeAll(tasks)) assertEquals(Order.Status.OPEN, f.get().status());
        } finally {
            pool.shutdown();
        }
        assertEquals("0 100 0 0, chain 100, available 0", position("seller", 7));
        assertEquals(50, exchange.orders("seller", true, 100).size());
        assertEquals(0, exchange.positions("nobody").stream().mapToLong(Position::free).sum());
    }
}
