package org.carbomt.market.surveillance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.market.Order;
import org.carbomt.api.verification.Severity;

/** Trades in which nothing changes hands: between accounts that belong together, or there and back again between the same two. */
final class WashTrades implements MarketRule {
    private static final Duration BACK_WITHIN = Duration.ofHours(1);
    /** Tonnes and price of the way back differ by no more than this, percent. */
    private static final int TONNES_PERCENT = 20;
    private static final int PRICE_PERCENT = 2;
    private static final int KEPT = 50;
    private final Supplier<Relations> relations;
    private final Keyed<Deque<MarketEvent>> between = new Keyed<>(ArrayDeque::new);

    WashTrades(Supplier<Relations> relations) {
        this.relations = relations;
    }

    @Override
    public String id() {
        return "wash-trade";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Note> see(MarketEvent e) {
        if (e.kind() != MarketEvent.Kind.TRADED) return List.of();
        var notes = new ArrayList<Note>();
        var buyer = buyer(e);
        var seller = seller(e);
        relations.get().between(buyer, seller).ifPresent(why -> notes.add(note(e, "related/" + e.number() + "/" + e.order().id(), "%s bought %d t from %s: %s".formatted(buyer, e.tonnes(), seller, why), Map.of("relation", why), List.of(e))));
        var past = buyer.compareTo(seller) < 0 ? between.of(e.order().tokenId(), buyer, seller) : between.of(e.order().tokenId(), seller, buyer);
        while (!past.isEmpty() && (past.size() >= KEPT || past.peekFirst().at().plus(BACK_WITHIN).isBefore(e.at()))) past.removeFirst();
        var there = past.stream().filter(p -> buyer(p).equals(seller) && near(p.tonnes(), e.tonnes(), TONNES_PERCENT) && near(p.priceMinor(), e.priceMinor(), PRICE_PERCENT)).reduce((a, b) -> b);
        if (there.isPresent()) {
            past.remove(there.get());
            notes.add(note(e, "back/" + e.number() + "/" + e.order().id(), "%d t went from %s to %s and %d t back again after %d s, at %d and %d".formatted(there.get().tonnes(), buyer, seller, e.tonnes(), Duration.between(there.get().at(), e.at()).toSeconds(),
                    there.get().priceMinor(), e.priceMinor()), Map.of("thereTonnes", "" + there.get().tonnes(), "therePriceMinor", "" + there.get().priceMinor(), "thereAt", there.get().at().toString()), List.of(there.get(), e)));
        } else {
            past.addLast(e);
        }
        return notes;
    }

    private static Note note(MarketEvent e, String subject, String message, Map<String, String> more, List<MarketEvent> trades) {
        var evidence = new java.util.TreeMap<>(more);
        evidence.put("tonnes", "" + e.tonnes());
        evidence.put("priceMinor", "" + e.priceMinor());
        evidence.put("buyer", buyer(e));
        evidence.put("seller", seller(e));
        var orders = trades.stream().flatMap(t -> java.util.stream.Stream.of(t.order().id(), t.counterparty().orElseThrow().id())).distinct().toList();
        return new Note(Severity.WARNING, subject, e.order().tokenId(), message, List.of(buyer(e), seller(e)), orders, evidence);
    }

    static String buyer(MarketEvent trade) {
        return trade.order().side() == Order.Side.BUY ? trade.order().account() : trade.counterparty().orElseThrow().account();
    }

    static String seller(MarketEvent trade) {
        return trade.order().side() == Order.Side.SELL ? trade.order().account() : trade.counterparty().orElseThrow().account();
    }

    private static boolean near(long a, long b, int percent) {
        return Math.abs(a - b) <= Math.max(a, b) / 100.0 * percent;
    }
}
