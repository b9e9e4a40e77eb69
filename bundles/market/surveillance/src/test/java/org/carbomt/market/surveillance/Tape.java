package org.carbomt.market.surveillance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.market.Order;

/** Events as the exchange gives them, made by hand; time passes when told. */
final class Tape {
    static final long TOKEN = 7;
    private final MarketRule rule;
    final List<MarketRule.Note> notes = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private long events;
    private long orders;

    Tape(MarketRule rule) {
        this.rule = rule;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    private void event(MarketEvent.Kind kind, Order order, Optional<Order> other, long tonnes, long price, long bid, long ask) {
        notes.addAll(rule.see(new MarketEvent(++events, kind, order, other, tonnes, price, bid, ask, now)));
    }

    Order order(String account, Order.Side side, long price, long tonnes) {
        orders++;
        return new Order("order-%016x".formatted(orders), account, TOKEN, side, Order.Type.LIMIT, price, tonnes, 0, tonnes, Order.Status.OPEN, Order.Reason.NONE, orders, now);
    }

    Order place(String account, Order.Side side, long price, long tonnes) {
        return place(account, side, price, tonnes, 0, 0);
    }

    Order place(String account, Order.Side side, long price, long tonnes, long bid, long ask) {
        var o = order(account, side, price, tonnes);
        event(MarketEvent.Kind.PLACED, o, Optional.empty(), tonnes, price, bid, ask);
        return o;
    }

    private static Order as(Order o, long filled, Order.Status status, Order.Reason reason) {
        return new Order(o.id(), o.account(), o.tokenId(), o.side(), o.type(), o.priceMinor(), o.tonnes(), filled, 0, status, reason, o.sequence(), o.at());
    }

    /** The taker's order comes and trades in whole with one that waited. */
    void trade(String buyer, String seller, long price, long tonnes) {
        var sell = place(seller, Order.Side.SELL, price, tonnes);
        var buy = place(buyer, Order.Side.BUY, price, tonnes);
        event(MarketEvent.Kind.TRADED, as(buy, tonnes, Order.Status.FILLED, Order.Reason.NONE), Optional.of(as(sell, tonnes, Order.Status.FILLED, Order.Reason.NONE)), tonnes, price, 0, 0);
    }

    void cancel(Order o) {
        event(MarketEvent.Kind.CANCELLED, as(o, 0, Order.Status.CANCELLED, Order.Reason.BY_OWNER), Optional.empty(), o.tonnes(), o.priceMinor(), 0, 0);
    }

    void cancelPartlyFilled(Order o) {
        event(MarketEvent.Kind.CANCELLED, as(o, 1, Order.Status.CANCELLED, Order.Reason.BY_OWNER), Optional.empty(), o.tonnes() - 1, o.priceMinor(), 0, 0);
    }

    Order crossSelf(String account) {
        var o = place(account, Order.Side.BUY, 50, 1);
        event(MarketEvent.Kind.SELF_TRADE_PREVENTED, as(o, 0, Order.Status.CANCELLED, Order.Reason.SELF_TRADE), Optional.empty(), 1, 50, 0, 0);
        return o;
    }
}
