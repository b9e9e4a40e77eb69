package org.carbomt.market.surveillance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.market.Order;
import org.carbomt.api.verification.Severity;

/** Orders unlike those around them: twenty times the median of the last 100 (at least 30) in tonnes, or a limit a fifth beyond the best price on the other side. */
final class UnusualOrders implements MarketRule {
    private static final int KEPT = 100;
    private static final int LEAST = 30;
    private static final int TIMES = 20;
    private static final int BEYOND = 5;
    private final Keyed<Deque<Long>> sizes = new Keyed<>(ArrayDeque::new);

    @Override
    public String id() {
        return "unusual-order";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Note> see(MarketEvent e) {
        if (e.kind() != MarketEvent.Kind.PLACED) return List.of();
        var past = sizes.of(e.order().tokenId());
        var o = e.order();
        List<Note> notes = List.of();
        long median = past.size() < LEAST ? Long.MAX_VALUE : Medians.of(past.stream().mapToLong(Long::longValue).toArray());
        long best = o.side() == Order.Side.BUY ? e.ask() : e.bid();
        if (o.tonnes() / TIMES >= median) {
            notes = List.of(note(o, Severity.INFO, "%s ordered %d t; the median of the last %d orders is %d t".formatted(o.account(), o.tonnes(), past.size(), median), Map.of("tonnes", "" + o.tonnes(), "medianTonnes", "" + median)));
        } else if (best > 0 && o.type() != Order.Type.MARKET && (o.side() == Order.Side.BUY ? o.priceMinor() - best : best - o.priceMinor()) > best / BEYOND) {
            notes = List.of(note(o, Severity.WARNING, "%s %s %d t at %d while %d was to be had".formatted(o.account(), o.side() == Order.Side.BUY ? "bids for" : "offers", o.tonnes(), o.priceMinor(), best), Map.of("priceMinor", "" + o.priceMinor(), "bestMinor", "" + best)));
        }
        past.addLast(o.tonnes());
        if (past.size() > KEPT) past.removeFirst();
        return notes;
    }

    private static Note note(Order o, Severity severity, String message, Map<String, String> evidence) {
        return new Note(severity, o.id(), o.tokenId(), message, List.of(o.account()), List.of(o.id()), evidence);
    }
}
