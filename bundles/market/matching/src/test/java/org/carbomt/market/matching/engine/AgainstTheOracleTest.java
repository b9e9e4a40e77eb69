package org.carbomt.market.matching.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** TRUST C2: the fast market and the slow one agree on every answer, trade, order and balance. Sizes by -Dmarket.sequences, seed by -Dseed. */
class AgainstTheOracleTest {
    private static final long SEED = Long.getLong("seed", 20261124L);
    private static final int SEQUENCES = Integer.getInteger("market.sequences", 20_000);

    static final class Trades implements Watch {
        final List<String> lines = new ArrayList<>();
        Orders orders;

        @Override
        public void placed(int order) {}

        @Override
        public void traded(long trade, int maker, int taker, long tonnes, long price, long settlement) {
            lines.add(trade + " " + orders.id(maker) + " " + orders.id(taker) + " " + tonnes + " " + price + " " + settlement);
        }

        @Override
        public void ended(int order, long tonnes) {}

        @Override
        public void reduced(int order, long tonnes) {}

        @Override
        public void closed(int settlement, boolean moved) {}
    }

    static void assertSame(SlowMarket slow, Engine fast, int accounts, int instruments, String where) {
        var o = fast.orders();
        assertEquals(slow.arrived.size(), o.count(), where);
        for (var x : slow.arrived) {
            int slot = o.find(x.id);
            assertEquals(x.account + "/" + x.open + "/" + x.filled + "/" + x.status + "/" + x.reason + "/" + x.sequence, o.account(slot) + "/" + o.open(slot) + "/" + o.filled(slot) + "/" + o.status(slot) + "/" + o.reason(slot) + "/" + o.sequence(slot), where);
        }
        for (int asset = 0; asset <= instruments; asset++) {
            for (int account = 0; account < accounts; account++) {
                var a = slow.amounts(asset, account);
                int slot = fast.balances().slot(asset, account);
                assertEquals(List.of(a.free, a.reserved, a.outgoing, a.incoming), List.of(big(fast.balances().free(slot)), big(fast.balances().reserved(slot)), big(fast.balances().outgoing(slot)), big(fast.balances().incoming(slot))), where);
            }
        }
        assertEquals(slow.settlements.size(), fast.settlements().count(), where);
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    @Test
    void agreesOnRandomSequences() {
        var limits = new Limits(4, 5, 25);
        for (int s = 0; s < SEQUENCES; s++) {
            var random = new Random(SEED + s);
            int accounts = 2 + random.nextInt(3);
            int instruments = 1 + random.nextInt(2);
            var trades = new Trades();
            var fast = new Engine(limits, trades);
            trades.orders = fast.orders();
            var slow = new SlowMarket(limits);
            for (int i = 0; i < accounts; i++) {
                fast.account("a" + i);
                slow.account();
            }
            for (int i = 0; i < instruments; i++) {
                fast.instrument(1 + i, 1 + i);
                slow.instrument(1 + i);
            }
            long ids = 0;
            for (int asset = 0; asset <= instruments; asset++) {
                for (int account = 0; account < accounts; account++) {
                    var op = new Op(Op.MOVE, ++ids, account, asset, 0, Codes.DEPOSIT, 0, asset == 0 ? 5_000 : 60);
                    assertEquals(op.on(slow), op.on(fast));
                }
            }
            for (int i = 0; i < 60; i++) {
                var op = Op.random(random, accounts, instruments, ids, slow.settlements.keySet().stream().reduce(0L, Math::max));
                ids = Math.max(ids, op.kind() == Op.PLACE || op.kind() == Op.MOVE ? op.id() : 0);
                var where = "seed " + SEED + ", sequence " + s + ", step " + i + ", " + op;
                assertEquals(op.on(slow), op.on(fast), where);
                assertEquals(slow.trades, trades.lines, where);
                assertSame(slow, fast, accounts, instruments, where);
            }
        }
    }
}
