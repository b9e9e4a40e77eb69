package org.carbomt.market.surveillance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.verification.Severity;

/** An account that runs into its own orders again and again: the market prevents the trade, the attempt remains. */
final class SelfCrossing implements MarketRule {
    private static final long WINDOW_MILLIS = 600_000;
    private static final int ATTEMPTS = 3;

    private static final class Tries {
        long window = -1;
        final List<String> orders = new ArrayList<>();
    }

    private final Keyed<Tries> tries = new Keyed<>(Tries::new);

    @Override
    public String id() {
        return "self-crossing";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Note> see(MarketEvent e) {
        if (e.kind() != MarketEvent.Kind.SELF_TRADE_PREVENTED) return List.of();
        var account = e.order().account();
        var t = tries.of(account, e.order().tokenId());
        long window = e.at().toEpochMilli() / WINDOW_MILLIS;
        if (window != t.window) t.orders.clear();
        t.window = window;
        t.orders.add(e.order().id());
        if (t.orders.size() != ATTEMPTS) return List.of();
        return List.of(new Note(Severity.WARNING, account + "/" + e.order().tokenId() + "/" + window, e.order().tokenId(), "%s met its own orders %d times within ten minutes".formatted(account, ATTEMPTS), List.of(account), t.orders,
                Map.of("attempts", "" + ATTEMPTS, "windowMinutes", "10")));
    }
}
