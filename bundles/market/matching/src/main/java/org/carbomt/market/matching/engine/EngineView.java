package org.carbomt.market.matching.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.carbomt.api.market.Depth;
import org.carbomt.api.market.Instrument;
import org.carbomt.api.market.MarketSettlement;
import org.carbomt.api.market.Order;
import org.carbomt.api.market.Position;

/** What the engine knows, in the words of the API. For the engine's thread, or under its lock. */
public final class EngineView {
    private final Engine engine;
    private final String currency;

    public EngineView(Engine engine, String currency) {
        this.engine = engine;
        this.currency = currency;
    }

    /** {@code order-} and the id as 16 hexadecimal digits. */
    public static String orderId(long id) {
        return "order-%016x".formatted(id);
    }

    /** The id in that text; 0, which no order has, when it is none. */
    public static long parseOrderId(String text) {
        return text != null && text.matches("order-[0-9a-f]{16}") ? Long.parseUnsignedLong(text.substring(6), 16) : 0;
    }

    public Optional<Order> find(long id) {
        int slot = id == 0 ? Orders.NONE : engine.orders().find(id);
        return slot == Orders.NONE || engine.orders().type(slot) >= Codes.DEPOSIT ? Optional.empty() : Optional.of(at(slot));
    }

    /** @param slot as the watch is given it */
    public Order at(int slot) {
        var eight = new long[8];
        engine.orders().copy(slot, eight, 0);
        return order(eight, 0);
    }

    /** The order in the eight longs of {@link Orders#copy}. */
    Order order(long[] c, int at) {
        long open = c[at + 2];
        long meta = c[at + 5];
        int status = Orders.status(meta) == Codes.OPEN && open == 0 ? Codes.FILLED : Orders.status(meta);
        return new Order(orderId(c[at]), engine.accountName(Orders.account(meta)), tokenId(Orders.instrument(meta)), Codes.SIDES.get(Orders.side(meta)), Codes.TYPES.get(Orders.type(meta)), c[at + 1], c[at + 3], c[at + 4], open,
                Codes.STATUSES.get(status), Codes.REASONS.get(Orders.reason(meta)), c[at + 6], Instant.ofEpochMilli(c[at + 7]));
    }

    /** Whether a request with that id came and is still remembered. */
    public boolean isKnown(long id) {
        return engine.orders().find(id) != Orders.NONE;
    }

    /** Why a deposit or withdrawal with that id was refused; NONE when it was not. */
    public Order.Reason reason(long id) {
        int slot = engine.orders().find(id);
        return slot == Orders.NONE ? Order.Reason.NONE : Codes.REASONS.get(engine.orders().reason(slot));
    }

    public long tokenId(int instrument) {
        return engine.book(instrument).tokenId;
    }

    /** Newest first. */
    public List<Order> orders(int account, boolean onlyOpen, int limit) {
        var o = engine.orders();
        var newest = new PriorityQueue<Integer>(Comparator.comparingLong(o::sequence));
        for (int slot = 0; slot < o.end(); slot++) {
            if (o.id(slot) == 0 || o.account(slot) != account || o.type(slot) >= Codes.DEPOSIT || onlyOpen && o.status(slot) != Codes.OPEN) continue;
            newest.add(slot);
            if (newest.size() > limit) newest.poll();
        }
        var list = new ArrayList<Order>();
        for (Integer slot; (slot = newest.poll()) != null;) list.add(0, at(slot));
        return list;
    }

    public long bid(int instrument) {
        return engine.book(instrument).bids.best();
    }

    public long ask(int instrument) {
        return engine.book(instrument).asks.best();
    }

    public Instrument instrument(int index) {
        var book = engine.book(index);
        boolean traded = book.traded > 0;
        return new Instrument(book.tokenId, book.tick, currency, price(book.bids.best()), price(book.asks.best()), price(book.last), traded ? Optional.of(Instant.ofEpochMilli(book.lastTime)) : Optional.empty(), book.traded);
    }

    /** @param tokenId of an instrument there is */
    public Instrument instrumentOf(long tokenId) {
        return instrument(engine.instrumentIndex(tokenId));
    }

    private static OptionalLong price(long price) {
        return price == 0 ? OptionalLong.empty() : OptionalLong.of(price);
    }

    public Depth depth(int instrument, int levels) {
        var book = engine.book(instrument);
        return new Depth(book.tokenId, engine.sequence(), levels(book.bids, levels), levels(book.asks, levels));
    }

    private static List<Depth.Level> levels(Side side, int most) {
        var list = new ArrayList<Depth.Level>();
        for (int i = 0; i < Math.min(most, side.size()); i++) list.add(new Depth.Level(side.price(side.rankAt(i)), side.total(side.levelAt(i)), side.count(side.levelAt(i))));
        return list;
    }

    /** Tokens (and 0 for cash) that the account has something of, ascending; not yet compared with the chain. */
    public List<Position> positions(int account) {
        var b = engine.balances();
        var list = new ArrayList<Position>();
        for (int slot = 0; slot < b.count(); slot++) {
            if (b.account(slot) == account) list.add(position(slot));
        }
        list.sort(Comparator.comparingLong(Position::tokenId));
        return list;
    }

    /** @param asset {@link Engine#CASH} or instrument + 1 */
    public Position position(int asset, int account) {
        return position(engine.balances().slot(asset, account));
    }

    private Position position(int slot) {
        var b = engine.balances();
        int asset = b.asset(slot);
        return new Position(engine.accountName(b.account(slot)), asset == Engine.CASH ? 0 : tokenId(asset - 1), b.free(slot), b.reserved(slot), b.outgoing(slot), b.incoming(slot), OptionalLong.empty(), OptionalLong.empty());
    }

    /** What is brought in of an asset and not taken out. */
    public long supply(int asset) {
        return engine.balances().supply(asset);
    }

    /** What it costs at present to buy so many tonnes, or all there are; Long.MAX_VALUE when it does not fit. */
    public long cost(int instrument, long tonnes) {
        var asks = engine.book(instrument).asks;
        long left = tonnes;
        long cost = 0;
        for (int i = 0; i < asks.size() && left > 0; i++) {
            long price = asks.price(asks.rankAt(i));
            long some = Math.min(left, asks.total(asks.levelAt(i)));
            if (Math.multiplyHigh(price, some) != 0 || cost + price * some < 0) return Long.MAX_VALUE;
            cost += price * some;
            left -= some;
        }
        return cost;
    }

    /** By number. @param keyPrefix of the business key */
    public List<MarketSettlement> settlements(String keyPrefix) {
        var list = new ArrayList<MarketSettlement>();
        engine.eachSettlement(slot -> list.add(settlement(slot, keyPrefix)));
        return list;
    }

    public Optional<MarketSettlement> settlement(long number, String keyPrefix) {
        int slot = engine.settlements().find(number);
        return slot == LongIntMap.ABSENT ? Optional.empty() : Optional.of(settlement(slot, keyPrefix));
    }

    private MarketSettlement settlement(int slot, String keyPrefix) {
        var six = new long[6];
        engine.settlements().copy(slot, six, 0);
        return settlement(six, 0, keyPrefix, six[1] == 0 ? MarketSettlement.Status.COLLECTING : MarketSettlement.Status.SETTLING);
    }

    /** The settlement in the six longs of {@link Settlements#copy}. */
    MarketSettlement settlement(long[] c, int at, String keyPrefix, MarketSettlement.Status status) {
        long parties = c[at + 2];
        return new MarketSettlement(c[at], c[at + 1], tokenId(Settlements.instrument(parties)), engine.accountName(Settlements.seller(parties)), engine.accountName(Settlements.buyer(parties)), c[at + 3], c[at + 4], c[at + 5], status,
                keyPrefix + c[at], Optional.empty(), "");
    }

    public int unsettled() {
        return engine.settlements().count();
    }

    /** Settlements of the batch that is not yet cut. */
    public int collecting() {
        return engine.settlements().collecting();
    }
}
