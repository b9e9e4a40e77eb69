package org.carbomt.market.surveillance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.verification.Severity;

/** Many orders, few trades: 100 orders or more within ten minutes, more than 20 for each trade. */
final class OrderToTrade implements MarketRule {
    private static final long WINDOW_MILLIS = 600_000;
    private static final int ORDERS = 100;
    private static final int RATIO = 20;
    private static final int KEPT = 40;

    private static final class Count {
        long window = -1;
        int placed;
        int cancelled;
        int traded;
        boolean noted;
        final Deque<String> orders = new ArrayDeque<>();
    }

    private final Keyed<Count> counts = new Keyed<>(Count::new);

    @Override
    public String id() {
        return "order-to-trade";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Note> see(MarketEvent e) {
        e.counterparty().ifPresent(other -> count(e, other.account()).traded++);
        var account = e.order().account();
        var c = count(e, account);
        switch (e.kind()) {
            case TRADED -> c.traded++;
            case CANCELLED -> c.cancelled++;
            case PLACED -> {
                c.placed++;
                c.orders.addLast(e.order().id());
                if (c.orders.size() > KEPT) c.orders.removeFirst();
            }
            default -> {
                return List.of();
            }
        }
        if (c.noted || c.placed < ORDERS || c.placed <= RATIO * Math.max(1, c.traded)) return List.of();
        c.noted = true;
        return List.of(new Note(Severity.WARNING, account + "/" + e.order().tokenId() + "/" + c.window, e.order().tokenId(), "%s placed %d orders within ten minutes, %d of them cancelled, and traded %d times".formatted(account, c.placed, c.cancelled, c.traded),
                List.of(account), List.copyOf(c.orders), Map.of("placed", "" + c.placed, "cancelled", "" + c.cancelled, "trades", "" + c.traded, "limit", RATIO + " orders a trade")));
    }

    private Count count(MarketEvent e, String account) {
        var c = counts.of(account, e.order().tokenId());
        long window = e.at().toEpochMilli() / WINDOW_MILLIS;
        if (window != c.window) {
            c.window = window;
            c.placed = 0;
            c.cancelled = 0;
            c.traded = 0;
            c.noted = false;
            c.orders.clear();
        }
        return c;
    }
}
