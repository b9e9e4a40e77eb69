package org.carbomt.market.matching.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketSettlement;
import org.carbomt.api.market.Order;
import org.carbomt.api.market.Trade;

/** The last 65,536 events and 8,192 settlements that are done, as numbers in rings; words are made of them when asked. No part of the state. */
public final class Memory implements Watch {
    public static final int EVENTS = 1 << 16;
    public static final int SETTLEMENTS = 1 << 13;
    private static final int CLOSED_STRIDE = 7;
    private static final int STRIDE = 25;
    private static final int ORDER = 9;
    private static final int OTHER = 17;
    private final long[] cells = new long[EVENTS * STRIDE];
    private final long[] closed = new long[SETTLEMENTS * CLOSED_STRIDE];
    private long last;
    private long lastClosed;
    private Engine engine;
    private EngineView view;

    /** The engine that it watches; to be given before its first command. */
    public void watch(Engine engine, EngineView view) {
        this.engine = engine;
        this.view = view;
    }

    @Override
    public void placed(int order) {
        note(MarketEvent.Kind.PLACED, order, engine.orders().tonnes(order), engine.orders().price(order));
    }

    @Override
    public void traded(long trade, int maker, int taker, long tonnes, long price, long settlement) {
        int at = note(MarketEvent.Kind.TRADED, taker, tonnes, price);
        cells[at + 7] = trade;
        cells[at + 8] = settlement;
        engine.orders().copy(maker, cells, at + OTHER);
    }

    @Override
    public void ended(int order, long tonnes) {
        var orders = engine.orders();
        var kind = orders.status(order) == Codes.REFUSED ? MarketEvent.Kind.REFUSED : orders.reason(order) == Codes.SELF_TRADE ? MarketEvent.Kind.SELF_TRADE_PREVENTED : MarketEvent.Kind.CANCELLED;
        note(kind, order, tonnes, orders.price(order));
    }

    @Override
    public void reduced(int order, long tonnes) {
        note(MarketEvent.Kind.REDUCED, order, tonnes, engine.orders().price(order));
    }

    @Override
    public void closed(int settlement, boolean moved) {
        int at = (int) (lastClosed++ & SETTLEMENTS - 1) * CLOSED_STRIDE;
        engine.settlements().copy(settlement, closed, at);
        closed[at + 6] = moved ? 1 : 0;
    }

    private int note(MarketEvent.Kind kind, int order, long tonnes, long price) {
        var orders = engine.orders();
        var book = engine.book(orders.instrument(order));
        int at = (int) (++last & EVENTS - 1) * STRIDE;
        cells[at] = last;
        cells[at + 1] = kind.ordinal();
        cells[at + 2] = engine.time();
        cells[at + 3] = tonnes;
        cells[at + 4] = price;
        cells[at + 5] = book.bids.best();
        cells[at + 6] = book.asks.best();
        orders.copy(order, cells, at + ORDER);
        return at;
    }

    /** Number of the last event. */
    public long last() {
        return last;
    }

    /** Events after that number, oldest first. */
    public List<MarketEvent> events(long after, int limit) {
        var list = new ArrayList<MarketEvent>();
        for (long n = Math.max(after, last - EVENTS) + 1; n <= last && list.size() < limit; n++) list.add(event((int) (n & EVENTS - 1) * STRIDE));
        return list;
    }

    private MarketEvent event(int at) {
        var kind = MarketEvent.Kind.values()[(int) cells[at + 1]];
        var order = view.order(cells, at + ORDER);
        var other = kind == MarketEvent.Kind.TRADED ? Optional.of(view.order(cells, at + OTHER)) : Optional.<Order>empty();
        return new MarketEvent(cells[at], kind, order, other, cells[at + 3], cells[at + 4], cells[at + 5], cells[at + 6], Instant.ofEpochMilli(cells[at + 2]));
    }

    /** Newest first. @param after number of the event to stop at */
    public List<Trade> trades(OptionalLong tokenId, long after, int limit) {
        var list = new ArrayList<Trade>();
        for (long n = last; n > Math.max(after, last - EVENTS) && n > 0 && list.size() < limit; n--) {
            int at = (int) (n & EVENTS - 1) * STRIDE;
            if (cells[at + 1] != MarketEvent.Kind.TRADED.ordinal()) continue;
            var taker = view.order(cells, at + ORDER);
            if (tokenId.isPresent() && tokenId.getAsLong() != taker.tokenId()) continue;
            var maker = view.order(cells, at + OTHER);
            boolean buys = taker.side() == Order.Side.BUY;
            var buy = buys ? taker : maker;
            var sell = buys ? maker : taker;
            list.add(new Trade(cells[at + 7], taker.tokenId(), cells[at + 4], cells[at + 3], taker.side(), buy.id(), sell.id(), buy.account(), sell.account(), cells[at + 8], Instant.ofEpochMilli(cells[at + 2])));
        }
        return list;
    }

    /** Settlements that are done, newest first. @param keyPrefix of the business key */
    public List<MarketSettlement> settlements(String keyPrefix) {
        var list = new ArrayList<MarketSettlement>();
        for (long n = lastClosed - 1; n >= Math.max(0, lastClosed - SETTLEMENTS); n--) {
            int at = (int) (n & SETTLEMENTS - 1) * CLOSED_STRIDE;
            list.add(view.settlement(closed, at, keyPrefix, closed[at + 6] == 1 ? MarketSettlement.Status.SETTLED : MarketSettlement.Status.FAILED));
        }
        return list;
    }
}
