package org.carbomt.market.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.carbomt.api.CarboException;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Sale;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class FixedPriceSalesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private final Map<String, Effect> asked = new HashMap<>();
    private EffectState.Status outcome = EffectState.Status.REQUESTED;
    private RelationalStore store;
    private FixedPriceSales sales;

    @BeforeEach
    void open(TestInfo info) {
        store = RelationalStore.forTest("sales-" + info.getTestMethod().orElseThrow().getName());
        var ledger = (Ledger) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Ledger.class}, (p, m, a) -> switch (m.getName()) {
            case "credits" -> a[0].equals("seller") ? 100L : 0L;
            case "cash" -> a[0].equals("poor") ? 10L : 1_000_000L;
            case "account" -> Optional.of(new Ledger.Account((String) a[0], "x", "0x00"));
            case "request" -> {
                var effect = (Effect) a[0];
                synchronized (asked) {
                    asked.putIfAbsent(effect.businessKey(), effect);
                    if (!asked.get(effect.businessKey()).equals(effect)) throw new AssertionError("another effect under " + effect.businessKey());
                }
                yield new EffectState(effect.businessKey(), "settle", outcome, Optional.of("0x1"), Optional.empty(), "", Map.of(), NOW, NOW);
            }
            default -> throw new AssertionError(m.getName());
        });
        sales = new FixedPriceSales(store.open("org.carbomt.market.settlement", getClass().getClassLoader(), "db/market_settlement.xml"), () -> Optional.of(ledger), Optional::empty, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aSaleIsOfferedBoughtAndSettledOnce() {
        var offered = sales.offer("r1", "seller", 7, 10, 1250, "USD");
        assertEquals(Sale.Status.OPEN, offered.status());
        assertEquals(offered, sales.offer("r1", "seller", 7, 10, 1250, "USD"));
        assertEquals(Sale.Status.SETTLING, sales.buy(offered.id(), "buyer").status());
        outcome = EffectState.Status.DONE;
        assertEquals(Sale.Status.SETTLED, sales.buy(offered.id(), "buyer").status());
        assertEquals(new Effect.Settle("settle/" + offered.id(), "seller", "buyer", 7, 10, 12_500), asked.get("settle/" + offered.id()));
        assertThrows(CarboException.Conflict.class, () -> sales.withdraw(offered.id(), "seller"));
    }

    @Test
    void wrongOffersAreRefusedByName() {
        assertEquals("tonnes", assertThrows(CarboException.Invalid.class, () -> sales.offer("r", "seller", 7, 0, 1, "USD")).problem().field());
        assertEquals("currency", assertThrows(CarboException.Invalid.class, () -> sales.offer("r", "seller", 7, 1, 1, "EUR")).problem().field());
        assertEquals("priceMinorPerTonne", assertThrows(CarboException.Invalid.class, () -> sales.offer("r", "seller", 7, 100, Long.MAX_VALUE / 10, "USD")).problem().field());
        assertEquals("credits.too-few", assertThrows(CarboException.Conflict.class, () -> sales.offer("r", "seller", 7, 101, 1, "USD")).problem().code());
        sales.offer("r", "seller", 7, 1, 1, "USD");
        assertEquals("request.differs", assertThrows(CarboException.Conflict.class, () -> sales.offer("r", "seller", 7, 2, 1, "USD")).problem().code());
    }

    @Test
    void nobodyBuysFromThemselvesOrWithoutCashAndAWithdrawnSaleStays() {
        var sale = sales.offer("r", "seller", 7, 10, 1250, "USD");
        assertThrows(CarboException.Invalid.class, () -> sales.buy(sale.id(), "seller"));
        assertEquals("cash.too-little", assertThrows(CarboException.Conflict.class, () -> sales.buy(sale.id(), "poor")).problem().code());
        assertThrows(CarboException.Forbidden.class, () -> sales.withdraw(sale.id(), "buyer"));
        sales.withdraw(sale.id(), "seller");
        assertEquals("sale.withdrawn", assertThrows(CarboException.Conflict.class, () -> sales.buy(sale.id(), "buyer")).problem().code());
    }

    @Test
    void ofManyBuyersAtOnceOneWins() throws Exception {
        var sale = sales.offer("r", "seller", 7, 10, 1250, "USD");
        var pool = Executors.newFixedThreadPool(8);
        var won = new AtomicInteger();
        try {
            var tasks = java.util.stream.IntStream.range(0, 16).<Callable<Void>>mapToObj(i -> () -> {
                try {
                    sales.buy(sale.id(), "buyer" + i);
                    won.incrementAndGet();
                } catch (CarboException.Conflict taken) {
                    assertEquals("sale.taken", taken.problem().code());
                }
                return null;
            }).toList();
            for (var f : pool.invokeAll(tasks)) f.get();
        } finally {
            pool.shutdown();
        }
        assertEquals(1, won.get());
        assertEquals(1, asked.size());
    }
}
