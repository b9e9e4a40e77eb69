package org.carbomt.market.surveillance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.verification.Severity;

/**
 * A trade far from those before it: further from the median of the last 50 (at least 20) prices than six times their usual distance from it (1.4826 · MAD), and than a
 * tenth of the median.
 */
final class PriceOutliers implements MarketRule {
    private static final int KEPT = 50;
    private static final int LEAST = 20;
    private static final double TIMES = 6 * 1.4826;
    private final Keyed<Deque<Long>> prices = new Keyed<>(ArrayDeque::new);

    @Override
    public String id() {
        return "price-outlier";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Note> see(MarketEvent e) {
        if (e.kind() != MarketEvent.Kind.TRADED) return List.of();
        var past = prices.of(e.order().tokenId());
        var notes = past.size() < LEAST ? List.<Note>of() : judge(e, past);
        past.addLast(e.priceMinor());
        if (past.size() > KEPT) past.removeFirst();
        return notes;
    }

    private static List<Note> judge(MarketEvent e, Deque<Long> past) {
        long median = Medians.of(past.stream().mapToLong(Long::longValue).toArray());
        long usual = Medians.of(past.stream().mapToLong(p -> Math.abs(p - median)).toArray());
        long distance = Math.abs(e.priceMinor() - median);
        if (distance <= Math.max(TIMES * usual, median / 10.0)) return List.of();
        var buyer = WashTrades.buyer(e);
        var seller = WashTrades.seller(e);
        return List.of(new Note(Severity.WARNING, e.number() + "/" + e.order().id(), e.order().tokenId(), "%s bought %d t from %s at %d, the median of the last %d trades is %d".formatted(buyer, e.tonnes(), seller, e.priceMinor(), past.size(), median), List.of(buyer, seller),
                List.of(e.order().id(), e.counterparty().orElseThrow().id()), Map.of("priceMinor", "" + e.priceMinor(), "medianMinor", "" + median, "madMinor", "" + usual, "trades", "" + past.size())));
    }
}
