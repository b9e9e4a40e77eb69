package org.carbomt.field.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.carbomt.api.intake.Outcome;
import org.carbomt.api.telemetry.Metric;

/** Counts what came in, by protocol. Any thread. */
final class Tally {
    private static final class OfProtocol {
        private final LongAdder stored = new LongAdder();
        private final LongAdder duplicates = new LongAdder();
        private final LongAdder accepted = new LongAdder();
        private final LongAdder quarantined = new LongAdder();
        private final LongAdder refused = new LongAdder();
    }

    private final Map<String, OfProtocol> protocols = new ConcurrentHashMap<>();

    void add(String protocol, Outcome outcome) {
        var of = protocols.get(protocol);
        if (of == null) of = protocols.computeIfAbsent(protocol, p -> new OfProtocol());
        if (outcome instanceof Outcome.Accepted a) {
            of.accepted.increment();
            of.stored.add(a.stored());
            of.duplicates.add(a.duplicates());
        } else if (outcome instanceof Outcome.Quarantined) {
            of.quarantined.increment();
        } else {
            of.refused.increment();
        }
    }

    List<Metric> metrics() {
        var all = new ArrayList<Metric>();
        protocols.forEach((protocol, of) -> {
            readings(all, protocol, "stored", of.stored);
            readings(all, protocol, "duplicate", of.duplicates);
            messages(all, protocol, "accepted", of.accepted);
            messages(all, protocol, "quarantined", of.quarantined);
            messages(all, protocol, "refused", of.refused);
        });
        return all;
    }

    private static void readings(List<Metric> all, String protocol, String outcome, LongAdder count) {
        all.add(Metric.counter("carbomt_intake_readings_total", "Readings of accepted messages: stored now, or stored before.", count.sum(), "protocol", protocol, "outcome", outcome));
    }

    private static void messages(List<Metric> all, String protocol, String outcome, LongAdder count) {
        all.add(Metric.counter("carbomt_intake_messages_total", "Messages by what became of them.", count.sum(), "protocol", protocol, "outcome", outcome));
    }
}
