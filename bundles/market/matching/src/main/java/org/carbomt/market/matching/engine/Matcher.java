package org.carbomt.market.matching.engine;

/** What happens when an order meets the other side of the book. */
final class Matcher {
    private final Orders orders;
    private final Balances balances;
    private final Settlements settlements;
    private final OpenOrders open;
    private final Watch watch;
    private long trades;

    Matcher(Orders orders, Balances balances, Settlements settlements, OpenOrders open, Watch watch) {
        this.orders = orders;
        this.balances = balances;
        this.settlements = settlements;
        this.open = open;
        this.watch = watch;
    }

    /** Trades so far. */
    long trades() {
        return trades;
    }

    /** Whether so many tonnes can be had at the limit before an own order stands in the way. */
    boolean whole(Side other, int account, long limit, long tonnes) {
        long left = tonnes;
        for (int i = 0; i < other.size() && other.rankAt(i) >= limit; i++) {
            for (int o = other.first(other.levelAt(i)); o != Orders.NONE; o = orders.next(o)) {
                if (orders.account(o) == account) return false;
                left -= orders.open(o);
                if (left <= 0) return true;
            }
        }
        return false;
    }

    /** @return why it stopped short of what it could have: own order, or no cash; NONE otherwise */
    int match(int order, Book book, Side other, long limit, long time) {
        int account = orders.account(order);
        boolean spendsFreeCash = orders.side(order) == Codes.BUY && orders.type(order) == Codes.MARKET;
        while (orders.open(order) > 0 && !other.isEmpty() && other.rankAt(0) >= limit) {
            int maker = other.first(other.levelAt(0));
            if (orders.account(maker) == account) return Codes.SELF_TRADE;
            long price = orders.price(maker);
            long tonnes = Math.min(orders.open(order), orders.open(maker));
            if (spendsFreeCash) {
                tonnes = Math.min(tonnes, balances.free(orders.cover(order)) / price);
                if (tonnes == 0) return Codes.CASH_TOO_LITTLE;
                balances.reserve(orders.cover(order), price * tonnes);
            }
            trade(order, maker, book, other, price, tonnes, time);
        }
        return Codes.NONE;
    }

    private void trade(int order, int maker, Book book, Side other, long price, long tonnes, long time) {
        int instrument = orders.instrument(order);
        boolean buys = orders.side(order) == Codes.BUY;
        int buy = buys ? order : maker;
        int sell = buys ? maker : order;
        int buyer = orders.account(buy);
        int seller = orders.account(sell);
        long cash = price * tonnes;
        balances.give(orders.cover(sell), tonnes);
        balances.give(orders.cover(buy), cash);
        if (orders.price(buy) > price) balances.release(orders.cover(buy), (orders.price(buy) - price) * tonnes);
        balances.expect(balances.slot(Engine.CASH, seller), cash);
        balances.expect(balances.slot(instrument + 1, buyer), tonnes);
        long settlement = settlements.trade(seller, buyer, instrument, tonnes, cash);
        other.less(maker, tonnes);
        orders.fill(maker, tonnes);
        orders.fill(order, tonnes);
        book.last = price;
        book.lastTime = time;
        book.traded += tonnes;
        trades++;
        boolean made = orders.open(maker) == 0;
        if (made) other.remove(maker);
        watch.traded(trades, maker, order, tonnes, price, settlement);
        if (made) {
            open.less(orders.account(maker));
            orders.finish(maker, Codes.FILLED, Codes.NONE);
        }
    }
}
