package org.carbomt.market.matching;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.market.matching.engine.EngineView;
import org.carbomt.market.matching.engine.Memory;
import org.carbomt.market.matching.journal.Market;

/** Market data for those who watch: topic {@code market}, subject the token; trades and best prices, without names. Called after each group. */
final class Ticker {
    /** A group may hold thousands of trades; more than this many are told as one sum. */
    private static final int MOST = 100;
    private final Supplier<Optional<LiveEvents>> live;
    private final Memory memory;
    private final EngineView view;
    /** Number of the last event that was told, or is older than the start. */
    private long told;

    Ticker(Supplier<Optional<LiveEvents>> live, Memory memory, EngineView view) {
        this.live = live;
        this.memory = memory;
        this.view = view;
    }

    /** What the journal held is no news. To be called before the first command. */
    void start() {
        told = memory.last();
    }

    void tell(Market market) {
        var to = live.get();
        var events = to.isEmpty() ? List.<LiveEvent>of() : market.read(this::news);
        told = market.read(memory::last);
        events.forEach(e -> to.get().publish(e));
    }

    private List<LiveEvent> news() {
        var out = new ArrayList<LiveEvent>();
        var trades = memory.trades(OptionalLong.empty(), told, MOST);
        for (int i = trades.size() - 1; i >= 0; i--) {
            var t = trades.get(i);
            out.add(new LiveEvent("market", Long.toString(t.tokenId()), t.at(), Map.of("kind", "trade", "trade", t.id(), "priceMinor", t.priceMinor(), "tonnes", t.tonnes(), "taker", t.taker().name())));
        }
        var quotes = new LinkedHashMap<Long, MarketEvent>();
        for (var e : memory.events(Math.max(told, memory.last() - MOST), MOST)) quotes.put(e.order().tokenId(), e);
        quotes.forEach((token, e) -> out.add(quote(token, e.at())));
        return out;
    }

    private LiveEvent quote(long tokenId, Instant at) {
        var i = view.instrumentOf(tokenId);
        return new LiveEvent("market", Long.toString(tokenId), at, Map.of("kind", "quote", "bid", i.bid().orElse(0), "ask", i.ask().orElse(0), "last", i.last().orElse(0)));
    }
}
