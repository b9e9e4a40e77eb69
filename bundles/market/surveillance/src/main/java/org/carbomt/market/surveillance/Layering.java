package org.carbomt.market.surveillance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.market.Order;
import org.carbomt.api.verification.Severity;

/**
 * Orders that were only to be seen: an account trades on one side while large orders of its own stand on the other, and takes those out within a minute of the trade,
 * untouched: three or more of them, five times the tonnes traded or more.
 */
final class Layering implements MarketRule {
    private static final long SOON_MILLIS = 60_000;
    private static final long PLACED_BEFORE_MILLIS = 600_000;
    private static final int ORDERS = 3;
    private static final int TIMES = 5;

    private static final class Watch {
        Instant tradedAt = Instant.MIN;
        long traded;
        String tradedOrder = "";
        long withdrawn;
        final List<String> withdrawnOrders = new ArrayList<>();
    }

    /** By account, token and the side of the trade. */
    private final Keyed<Watch> watches = new Keyed<>(Watch::new);

    @Override
    public String id() {
        return "layering";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Note> see(MarketEvent e) {
        if (e.kind() == MarketEvent.Kind.TRADED) {
            traded(e, e.order());
            traded(e, e.counterparty().orElseThrow());
            return List.of();
        }
        var o = e.order();
        if (e.kind() != MarketEvent.Kind.CANCELLED || o.reason() != Order.Reason.BY_OWNER || o.filled() > 0) return List.of();
        var w = watches.of(o.account(), o.tokenId(), o.side() == Order.Side.BUY ? Order.Side.SELL : Order.Side.BUY);
        boolean stoodThen = !o.at().isAfter(w.tradedAt) && o.at().isAfter(w.tradedAt.equals(Instant.MIN) ? Instant.MAX : w.tradedAt.minusMillis(PLACED_BEFORE_MILLIS));
        if (!stoodThen || e.at().isAfter(w.tradedAt.plusMillis(SOON_MILLIS))) return List.of();
        w.withdrawn += e.tonnes();
        w.withdrawnOrders.add(o.id());
        if (w.withdrawnOrders.size() < ORDERS || w.withdrawn / TIMES < w.traded) return List.of();
        var orders = new ArrayList<>(List.of(w.tradedOrder));
        orders.addAll(w.withdrawnOrders);
        var note = new Note(Severity.WARNING, o.account() + "/" + w.tradedOrder, o.tokenId(), "%s traded %d t and then withdrew %d orders of %d t on the other side, untouched, within a minute".formatted(o.account(), w.traded, w.withdrawnOrders.size(), w.withdrawn),
                List.of(o.account()), orders, Map.of("tradedTonnes", "" + w.traded, "tradedAt", w.tradedAt.toString(), "withdrawnTonnes", "" + w.withdrawn, "withdrawnOrders", "" + w.withdrawnOrders.size()));
        w.withdrawn = 0;
        w.withdrawnOrders.clear();
        return List.of(note);
    }

    private void traded(MarketEvent e, Order o) {
        var w = watches.of(o.account(), o.tokenId(), o.side());
        if (w.tradedAt.equals(Instant.MIN) || e.at().isAfter(w.tradedAt.plusMillis(SOON_MILLIS))) {
            w.traded = 0;
            w.withdrawn = 0;
            w.withdrawnOrders.clear();
            w.tradedOrder = o.id();
        }
        w.tradedAt = e.at();
        w.traded += e.tonnes();
    }
}
