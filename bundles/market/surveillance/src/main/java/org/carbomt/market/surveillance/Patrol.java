package org.carbomt.market.surveillance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketFinding;
import org.carbomt.api.market.MarketRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads every event of the exchange past the rules, in order, and records what they note. For one thread. */
final class Patrol {
    private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);
    private static final int AT_ONCE = 2_000;
    private final Supplier<List<MarketRule>> rules;
    private final FindingTable findings;
    private Exchange watched;
    /** The last event that was seen; 0 before the first. */
    private long seen;
    private MarketEvent last;

    Patrol(Supplier<List<MarketRule>> rules, FindingTable findings) {
        this.rules = rules;
        this.findings = findings;
    }

    /** One look. @return whether more is waiting */
    boolean look(Exchange exchange) {
        if (exchange != watched && !isTheSameMarket(exchange)) seen = 0;
        watched = exchange;
        var events = exchange.events(seen, AT_ONCE);
        if (events.isEmpty()) return false;
        long gap = events.get(0).number() - seen - 1;
        if (gap > 0 && seen > 0) LOG.warn("surveillance came too late for {} events of the market", gap);
        var found = new ArrayList<MarketFinding>();
        for (var e : events) {
            for (var rule : rules.get()) found.addAll(ask(rule, e));
        }
        int fresh = findings.add(found);
        if (fresh > 0) LOG.info("surveillance of the market: {} new findings", fresh);
        last = events.get(events.size() - 1);
        seen = last.number();
        return events.size() == AT_ONCE;
    }

    /** An exchange that opened its journal again has the same events under the same numbers: rules must not count them twice. */
    private boolean isTheSameMarket(Exchange exchange) {
        return seen > 0 && exchange.events(seen - 1, 1).equals(List.of(last));
    }

    private static List<MarketFinding> ask(MarketRule rule, MarketEvent e) {
        try {
            return rule.see(e).stream().map(n -> finding(rule, n, e)).toList();
        } catch (RuntimeException fault) {
            LOG.error("rule {} failed on event {}; the others go on", rule.id(), e.number(), fault);
            return List.of();
        }
    }

    private static MarketFinding finding(MarketRule rule, MarketRule.Note n, MarketEvent e) {
        var id = "market-" + Hash.sha256((rule.id() + "/" + n.subject()).getBytes(StandardCharsets.UTF_8)).hex().substring(0, 20);
        return new MarketFinding(id, rule.id(), rule.version(), n.severity(), n.tokenId(), n.message(), n.accounts(), n.orders(), n.evidence(), e.at(), Optional.empty(), "");
    }
}
