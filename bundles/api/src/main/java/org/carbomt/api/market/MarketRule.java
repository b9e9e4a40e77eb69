package org.carbomt.api.market;

import java.util.List;
import java.util.Map;
import org.carbomt.api.verification.Severity;
import org.osgi.annotation.versioning.ConsumerType;

/** A rule of surveillance (whiteboard service). It sees every event once, in order, from one thread, and keeps what it needs of them; its time is that of the events. */
@ConsumerType
public interface MarketRule {
    String id();

    String version();

    /** @return what is to be looked at, none as a rule */
    List<Note> see(MarketEvent event);

    /**
     * A finding before it is recorded.
     *
     * @param subject what it is about: rule and subject again are the same finding
     * @param orders ids of the orders it rests on, at most 40
     */
    record Note(Severity severity, String subject, long tokenId, String message, List<String> accounts, List<String> orders, Map<String, String> evidence) {
        public Note {
            accounts = List.copyOf(accounts);
            orders = List.copyOf(orders.size() > 40 ? orders.subList(0, 40) : orders);
            evidence = Map.copyOf(evidence);
        }
    }
}
