package org.carbomt.market.matching.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The same rules written down once more, as plainly as can be: one list of orders in the order they came, searched from the front for every trade; sums in
 * BigInteger; no queues, no prices kept apart. The oracle of the fast one.
 */
public final class SlowMarket {
    public static final class Order {
        public long id;
        int account;
        int instrument;
        int side;
        int type;
        long price;
        long tonnes;
        public long open;
        public long filled;
        public int status;
        int reason;
        long sequence;
    }

    public static final class Amounts {
        public BigInteger free = BigInteger.ZERO;
        BigInteger reserved = BigInteger.ZERO;
        BigInteger outgoing = BigInteger.ZERO;
        BigInteger incoming = BigInteger.ZERO;
    }

    record Deal(int seller, int buyer, int instrument) {}

    static final class Settlement {
        long number;
        boolean cut;
        Deal deal;
        long tonnes;
        long cash;
    }

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private final Limits limits;
    public final List<Order> arrived = new ArrayList<>();
    private final List<Order> done = new ArrayList<>();
    private final List<Long> ticks = new ArrayList<>();
    private int accounts;
    private final Map<String, Amounts> balances = new TreeMap<>();
    private final Map<Integer, BigInteger> supply = new HashMap<>();
    final Map<Long, Settlement> settlements = new LinkedHashMap<>();
    private long lastSettlement;
    private long sequence;
    public final List<String> trades = new ArrayList<>();

    public SlowMarket(Limits limits) {
        this.limits = limits;
    }

    public void account() {
        sequence++;
        accounts++;
    }

    public void instrument(long tick) {
        sequence++;
        ticks.add(tick);
    }

    public Amounts amounts(int asset, int account) {
        return balances.computeIfAbsent(asset + "/" + account, k -> new Amounts());
    }

    private Order known(long id) {
        return arrived.stream().filter(o -> o.id == id).findFirst().orElse(null);
    }

    public Verdict move(long id, int account, int asset, long amount, int type) {
        sequence++;
        var before = known(id);
        if (before != null) return before.account == account && before.instrument == asset && before.type == type && before.tonnes == amount ? Verdict.REPEATED : Verdict.DIFFERS;
        if (account >= accounts) return Verdict.UNKNOWN_ACCOUNT;
        if (asset > ticks.size()) return Verdict.UNKNOWN_INSTRUMENT;
        var request = arrive(id, account, asset, 0, type, 0, amount);
        var a = amounts(asset, account);
        var x = BigInteger.valueOf(amount);
        var all = supply.getOrDefault(asset, BigInteger.ZERO);
        if (type == Codes.DEPOSIT) {
            if (all.add(x).compareTo(MOST) > 0) return end(request, Codes.REFUSED, Codes.OVERFLOW);
            supply.put(asset, all.add(x));
            a.free = a.free.add(x);
        } else {
            if (a.free.compareTo(x) < 0) return end(request, Codes.REFUSED, asset == 0 ? Codes.CASH_TOO_LITTLE : Codes.CREDITS_TOO_FEW);
            supply.put(asset, all.subtract(x));
            a.free = a.free.subtract(x);
        }
        return end(request, Codes.FILLED, Codes.NONE);
    }

    private Order arrive(long id, int account, int instrument, int side, int type, long price, long tonnes) {
        var o = new Order();
        o.id = id;
        o.account = account;
        o.instrument = instrument;
        o.side = side;
        o.type = type;
        o.price = price;
        o.tonnes = tonnes;
        o.open = tonnes;
        o.sequence = sequence;
        arrived.add(o);
        return o;
    }

    private Verdict end(Order o, int status, int reason) {
        o.status = status;
        o.reason = reason;
        o.open = 0;
        done.add(o);
        if (done.size() > limits.remembered()) arrived.remove(done.remove(0));
        return status == Codes.REFUSED ? Verdict.REFUSED : Verdict.DONE;
    }

    private Amounts cover(Order o) {
        return amounts(o.side == Codes.BUY ? 0 : o.instrument + 1, o.account);
    }

    private static BigInteger held(Order o, long tonnes) {
        return o.side == Codes.BUY ? BigInteger.valueOf(o.price).multiply(BigInteger.valueOf(tonnes)) : BigInteger.valueOf(tonnes);
    }

    private boolean waits(Order o) {
        return o.status == Codes.OPEN && o.type == Codes.LIMIT;
    }

    public Verdict place(long id, int account, int instrument, int side, int type, long price, long tonnes) {
        sequence++;
        var before = known(id);
        if (before != null) return before.account == account && before.instrument == instrument && before.side == side && before.type == type && before.price == price && before.tonnes == tonnes ? Verdict.REPEATED : Verdict.DIFFERS;
        if (account >= accounts) return Verdict.UNKNOWN_ACCOUNT;
        if (instrument >= ticks.size()) return Verdict.UNKNOWN_INSTRUMENT;
        long waiting = arrived.stream().filter(o -> o.account == account && waits(o)).count();
        var o = arrive(id, account, instrument, side, type, price, tonnes);
        if (type == Codes.MARKET ? price != 0 : price < 1 || price % ticks.get(instrument) != 0) return end(o, Codes.REFUSED, Codes.OFF_TICK);
        if (BigInteger.valueOf(price).multiply(BigInteger.valueOf(tonnes)).compareTo(MOST) > 0) return end(o, Codes.REFUSED, Codes.OVERFLOW);
        if (type == Codes.LIMIT && waiting >= limits.openOrders()) return end(o, Codes.REFUSED, Codes.TOO_MANY_OPEN);
        var cover = cover(o);
        if (cover.free.compareTo(held(o, tonnes)) < 0) return end(o, Codes.REFUSED, side == Codes.BUY ? Codes.CASH_TOO_LITTLE : Codes.CREDITS_TOO_FEW);
        cover.free = cover.free.subtract(held(o, tonnes));
        cover.reserved = cover.reserved.add(held(o, tonnes));
        int reason = type == Codes.FILL_OR_KILL && !whole(o) ? Codes.NOT_WHOLE : match(o);
        if (o.open == 0) return end(o, Codes.FILLED, Codes.NONE);
        if (reason == Codes.NONE && type == Codes.LIMIT) {
            long prices = arrived.stream().filter(x -> x != o && waits(x) && x.instrument == instrument && x.side == side).mapToLong(x -> x.price).distinct().count();
            boolean there = arrived.stream().anyMatch(x -> x != o && waits(x) && x.instrument == instrument && x.side == side && x.price == price);
            if (there || prices < limits.prices()) return Verdict.DONE;
            reason = Codes.BOOK_FULL;
        }
        release(o, o.open);
        end(o, Codes.CANCELLED, reason == Codes.NONE ? Codes.UNFILLED : reason);
        return Verdict.DONE;
    }

    private void release(Order o, long tonnes) {
        var cover = cover(o);
        cover.reserved = cover.reserved.subtract(held(o, tonnes));
        cover.free = cover.free.add(held(o, tonnes));
    }

    /** The first in line on the other side: best price, then earliest; null when none suits. */
    private Order first(Order o, List<Order> among) {
        Order best = null;
        for (var x : among) {
            if (x == o || !waits(x) || x.instrument != o.instrument || x.side == o.side) continue;
            if (o.type != Codes.MARKET && (o.side == Codes.BUY ? x.price > o.price : x.price < o.price)) continue;
            if (best == null || (o.side == Codes.BUY ? x.price < best.price : x.price > best.price)) best = x;
        }
        return best;
    }

    private boolean whole(Order o) {
        var rest = new ArrayList<>(arrived);
        long found = 0;
        while (found < o.tonnes) {
            var next = first(o, rest);
            if (next == null || next.account == o.account) return false;
            found += next.open;
            rest.remove(next);
        }
        return true;
    }

    private int match(Order o) {
        while (o.open > 0) {
            var maker = first(o, arrived);
            if (maker == null) return Codes.NONE;
            if (maker.account == o.account) return Codes.SELF_TRADE;
            long tonnes = Math.min(o.open, maker.open);
            if (o.type == Codes.MARKET && o.side == Codes.BUY) {
                var affordable = cover(o).free.divide(BigInteger.valueOf(maker.price));
                tonnes = affordable.min(BigInteger.valueOf(tonnes)).longValueExact();
                if (tonnes == 0) return Codes.CASH_TOO_LITTLE;
            }
            trade(o, maker, tonnes);
        }
        return Codes.NONE;
    }

    private void trade(Order o, Order maker, long tonnes) {
        var buy = o.side == Codes.BUY ? o : maker;
        var sell = o.side == Codes.BUY ? maker : o;
        var cash = BigInteger.valueOf(maker.price).multiply(BigInteger.valueOf(tonnes));
        var buyersCash = amounts(0, buy.account);
        if (buy.type == Codes.MARKET) {
            buyersCash.free = buyersCash.free.subtract(cash);
        } else {
            buyersCash.reserved = buyersCash.reserved.subtract(held(buy, tonnes));
            buyersCash.free = buyersCash.free.add(held(buy, tonnes).subtract(cash));
        }
        buyersCash.outgoing = buyersCash.outgoing.add(cash);
        var sellersCredits = amounts(sell.instrument + 1, sell.account);
        sellersCredits.reserved = sellersCredits.reserved.subtract(BigInteger.valueOf(tonnes));
        sellersCredits.outgoing = sellersCredits.outgoing.add(BigInteger.valueOf(tonnes));
        var sellersCash = amounts(0, sell.account);
        sellersCash.incoming = sellersCash.incoming.add(cash);
        var buyersCredits = amounts(sell.instrument + 1, buy.account);
        buyersCredits.incoming = buyersCredits.incoming.add(BigInteger.valueOf(tonnes));
        var deal = new Deal(sell.account, buy.account, o.instrument);
        var settlement = settlements.values().stream().filter(s -> !s.cut && s.deal.equals(deal)).findFirst().orElseGet(() -> {
            var s = new Settlement();
            s.number = ++lastSettlement;
            s.deal = deal;
            settlements.put(s.number, s);
            return s;
        });
        settlement.tonnes += tonnes;
        settlement.cash += cash.longValueExact();
        for (var x : List.of(o, maker)) {
            x.open -= tonnes;
            x.filled += tonnes;
        }
        trades.add((trades.size() + 1) + " " + maker.id + " " + o.id + " " + tonnes + " " + maker.price + " " + settlement.number);
        if (maker.open == 0) end(maker, Codes.FILLED, Codes.NONE);
    }

    public Verdict reduce(int account, long id, long to) {
        sequence++;
        var o = known(id);
        if (o == null || o.type >= Codes.DEPOSIT) return Verdict.UNKNOWN_ORDER;
        if (o.account != account) return Verdict.FOREIGN_ORDER;
        if (!waits(o)) return Verdict.NOT_OPEN;
        if (to == 0) {
            takeOut(o, Codes.BY_OWNER);
        } else if (to < o.open) {
            release(o, o.open - to);
            o.open = to;
        }
        return Verdict.DONE;
    }

    private void takeOut(Order o, int reason) {
        release(o, o.open);
        end(o, Codes.CANCELLED, reason);
    }

    Verdict uncover(int account, int asset, long amount) {
        sequence++;
        if (account >= accounts) return Verdict.UNKNOWN_ACCOUNT;
        if (asset > ticks.size()) return Verdict.UNKNOWN_INSTRUMENT;
        var a = amounts(asset, account);
        var x = BigInteger.valueOf(amount);
        while (a.free.compareTo(x) < 0) {
            Order newest = null;
            for (var o : arrived) if (o.account == account && waits(o) && cover(o) == a) newest = o;
            if (newest == null) break;
            takeOut(newest, Codes.NOT_COVERED);
        }
        var gone = a.free.min(x);
        a.free = a.free.subtract(gone);
        supply.merge(asset, gone.negate(), BigInteger::add);
        return Verdict.DONE;
    }

    Verdict cut() {
        sequence++;
        var collected = settlements.values().stream().filter(s -> !s.cut).toList();
        collected.forEach(s -> s.cut = true);
        return collected.isEmpty() ? Verdict.REPEATED : Verdict.DONE;
    }

    Verdict close(long number, boolean moved) {
        sequence++;
        var s = settlements.get(number);
        if (s == null || !s.cut) return Verdict.UNKNOWN_SETTLEMENT;
        pass(s.deal.instrument + 1, s.deal.seller, s.deal.buyer, BigInteger.valueOf(s.tonnes), moved);
        pass(0, s.deal.buyer, s.deal.seller, BigInteger.valueOf(s.cash), moved);
        settlements.remove(number);
        return Verdict.DONE;
    }

    private void pass(int asset, int from, int to, BigInteger amount, boolean moved) {
        amounts(asset, from).outgoing = amounts(asset, from).outgoing.subtract(amount);
        amounts(asset, to).incoming = amounts(asset, to).incoming.subtract(amount);
        var taker = amounts(asset, moved ? to : from);
        taker.free = taker.free.add(amount);
    }
}
