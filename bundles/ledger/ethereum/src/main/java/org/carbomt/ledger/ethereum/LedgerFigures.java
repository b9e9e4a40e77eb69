package org.carbomt.ledger.ethereum;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.ledger.EffectState.Status;
import org.carbomt.api.store.Database;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;

/**
 * What the ledger tells about itself. A chain that is away is no reason to send readings elsewhere: effects wait in the outbox. The node is asked at most every five seconds, whoever
 * asks us, and with little patience: a probe must not hang because the node does.
 */
final class LedgerFigures implements Measured, HealthCheck {
    private final Database database;
    private final Supplier<Node> node;
    private final Clock clock;
    private static final long ASK_AGAIN_NANOS = 5_000_000_000L;
    private final AtomicLongArray finished = new AtomicLongArray(Status.values().length);

    private boolean asked;
    private long askedAt;
    private double block;

    /** @param node with a short time-out */
    LedgerFigures(Database database, Supplier<Node> node, Clock clock) {
        this.database = database;
        this.node = node;
        this.clock = clock;
    }

    /** An effect has come to that state. */
    void count(Status status) {
        finished.incrementAndGet(status.ordinal());
    }

    @Override
    public List<Metric> metrics() {
        var waiting = database.read(Outbox::waiting);
        var all = new ArrayList<Metric>();
        for (var status : List.of(Status.REQUESTED, Status.SENT)) {
            all.add(Metric.gauge("carbomt_ledger_outbox_effects", "Effects in the outbox that are not finished.", waiting.counts().getOrDefault(status, 0L), "state", word(status)));
        }
        for (var status : List.of(Status.DONE, Status.REFUSED)) {
            all.add(Metric.counter("carbomt_ledger_effects_total", "Effects that are finished: done on chain, or refused by the contract.", finished.get(status.ordinal()), "outcome", word(status)));
        }
        all.add(Metric.gauge("carbomt_ledger_outbox_oldest_seconds", "How long the oldest unfinished effect has waited.", waiting.oldest().map(t -> Duration.between(t, clock.instant()).toMillis() / 1e3).orElse(0.0)));
        all.add(Metric.gauge("carbomt_ledger_block", "Number of the newest block of the chain.", block()));
        return all;
    }

    private static String word(Status status) {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Number of the newest block; NaN when the node does not answer. */
    private synchronized double block() {
        if (asked && System.nanoTime() - askedAt < ASK_AGAIN_NANOS) return block;
        try {
            block = node.get().blockNumber();
        } catch (CarboException.Unavailable e) {
            block = Double.NaN;
        }
        asked = true;
        askedAt = System.nanoTime();
        return block;
    }

    @Override
    public String name() {
        return "chain";
    }

    @Override
    public boolean critical() {
        return false;
    }

    @Override
    public Optional<String> problem() {
        return Double.isNaN(block()) ? Optional.of("the Ethereum node does not answer; effects wait in the outbox") : Optional.empty();
    }
}
