package org.carbomt.market.matching.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** TRUST C1: after each event, cash and credits are what was brought in less what was taken out, to the last unit; escrow is what open orders need. */
class ConservationTest {
    private static final long SEED = Long.getLong("seed", 20261124L);
    private static final int EVENTS = Integer.getInteger("market.events", 1_000_000);
    private static final int ACCOUNTS = 6;
    private static final int INSTRUMENTS = 2;

    private final Engine engine = new Engine(new Limits(64, 20, 500), Watch.NOBODY);
    private final long[] brought = new long[INSTRUMENTS + 1];
    private long oldestSettlement;
    private long newestSettlement;

    @Test
    void keepsCreditsAndCashAfterEachOfAMillionRandomEvents() {
        for (int i = 0; i < ACCOUNTS; i++) engine.account("a" + i);
        for (int i = 0; i < INSTRUMENTS; i++) engine.instrument(i + 1, 1);
        var random = new Random(SEED);
        long ids = 0;
        long done = 0;
        for (int i = 0; i < EVENTS; i++) {
            var op = Op.random(random, ACCOUNTS, INSTRUMENTS, ids, newestSettlement);
            // recent orders, or nothing would ever be cancelled; the oldest settlements, or all there is would be on its way
            if (engine.settlements().count() > 30) op = new Op(i % 2 == 0 ? Op.CUT : Op.CLOSE, 0, 0, 0, random.nextInt(4), 0, 0, 0);
            if (op.kind() == Op.REDUCE) op = new Op(op.kind(), Math.max(1, ids - random.nextInt(60)), op.account(), 0, 0, 0, 0, op.tonnes());
            if (op.kind() == Op.CLOSE) op = new Op(op.kind(), oldestSettlement + random.nextInt(4), 0, 0, Math.min(1, op.side()), 0, 0, 0);
            ids = Math.max(ids, op.kind() == Op.PLACE || op.kind() == Op.MOVE ? op.id() : 0);
            long free = op.kind() == Op.UNCOVER ? total(op.instrument()) : 0;
            var verdict = op.on(engine);
            if (verdict == Verdict.DONE) {
                done++;
                if (op.kind() == Op.MOVE) brought[op.instrument()] += op.type() == Codes.DEPOSIT ? op.tonnes() : -op.tonnes();
                if (op.kind() == Op.UNCOVER) brought[op.instrument()] -= free - total(op.instrument());
            }
            check(i, op);
        }
        assertTrue(engine.trades() > EVENTS / 50, "trades: " + engine.trades());
        assertTrue(done > EVENTS / 4, "done: " + done);
        System.out.printf("conservation: seed %d, %d events, %d of them done, %d trades, 0 violations%n", SEED, EVENTS, done, engine.trades());
    }

    private long total(int asset) {
        var b = engine.balances();
        long sum = 0;
        for (int slot = 0; slot < b.count(); slot++) if (b.asset(slot) == asset) sum = Math.addExact(sum, Math.addExact(Math.addExact(b.free(slot), b.reserved(slot)), b.outgoing(slot)));
        return sum;
    }

    private void check(int event, Op op) {
        var b = engine.balances();
        var escrow = new long[ACCOUNTS * (INSTRUMENTS + 1)];
        var o = engine.orders();
        int waiting = 0;
        for (int s = 0; s < o.end(); s++) {
            if (o.id(s) == 0 || o.status(s) != Codes.OPEN) continue;
            waiting++;
            boolean buy = o.side(s) == Codes.BUY;
            if (o.open(s) <= 0) throw new AssertionError("open and empty" + where(event, op));
            escrow[o.account(s) * (INSTRUMENTS + 1) + (buy ? 0 : o.instrument(s) + 1)] += buy ? Math.multiplyExact(o.price(s), o.open(s)) : o.open(s);
        }
        var outgoing = new long[INSTRUMENTS + 1];
        var incoming = new long[INSTRUMENTS + 1];
        for (int slot = 0; slot < b.count(); slot++) {
            if ((b.free(slot) | b.reserved(slot) | b.outgoing(slot) | b.incoming(slot)) < 0) throw new AssertionError("below zero" + where(event, op));
            if (b.reserved(slot) != escrow[b.account(slot) * (INSTRUMENTS + 1) + b.asset(slot)]) throw new AssertionError("escrow of account " + b.account(slot) + ", asset " + b.asset(slot) + where(event, op));
            outgoing[b.asset(slot)] += b.outgoing(slot);
            incoming[b.asset(slot)] += b.incoming(slot);
        }
        var trading = new long[INSTRUMENTS + 1];
        oldestSettlement = 0;
        engine.eachSettlement(s -> {
            var x = engine.settlements();
            trading[0] += x.cash(s);
            trading[x.instrument(s) + 1] += x.tonnes(s);
            if (oldestSettlement == 0) oldestSettlement = x.number(s);
            newestSettlement = x.number(s);
        });
        for (int asset = 0; asset <= INSTRUMENTS; asset++) {
            if (total(asset) != brought[asset] || b.supply(asset) != brought[asset]) throw new AssertionError("asset " + asset + ": " + total(asset) + " of " + brought[asset] + where(event, op));
            if (outgoing[asset] != incoming[asset] || outgoing[asset] != trading[asset]) throw new AssertionError("on the way, asset " + asset + where(event, op));
        }
        if (engine.openOrders() != waiting) throw new AssertionError("open orders" + where(event, op));
    }

    private static String where(int event, Op op) {
        return ": seed " + SEED + ", event " + event + ", " + op;
    }
}
