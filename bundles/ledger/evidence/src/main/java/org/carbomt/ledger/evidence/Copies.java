package org.carbomt.ledger.evidence;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.evidence.EvidenceCopies;
import org.carbomt.api.evidence.EvidenceCopy;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;

/** The stores that get copies, one {@link Copying} each, and what they tell. Thread safe. */
final class Copies implements EvidenceCopies, Measured, HealthCheck, AutoCloseable {
    private final List<Copying> all = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final ObjectFiles files;
    private final Clock clock;
    private final Duration firstWait;

    Copies(Path folder, ObjectFiles files, Clock clock, Duration firstWait) {
        this.folder = folder;
        this.files = files;
        this.clock = clock;
        this.firstWait = firstWait;
    }

    void add(EvidenceCopy store) {
        all.add(new Copying(store, files, new CopyRecord(folder, store.place()), clock, firstWait));
    }

    void remove(EvidenceCopy store) {
        for (var copying : all) {
            if (copying.store() == store && all.remove(copying)) copying.close();
        }
    }

    void stored(Cid cid) {
        for (var copying : all) copying.add(cid);
    }

    /**
     * An object that the disk has lost, from the first store that has it whole.
     *
     * @throws CarboException.Unavailable when no store has it, and one could not be asked: then nobody knows
     */
    Optional<byte[]> find(Cid cid) {
        var unknown = new ArrayList<String>();
        for (var copying : all) {
            var store = copying.store();
            try {
                var bytes = store.get(cid);
                if (bytes.isEmpty()) continue;
                if (Cid.ofContent(bytes.get()).equals(cid)) return bytes;
                unknown.add(store.name() + " gave other bytes, with CID " + Cid.ofContent(bytes.get()));
            } catch (CarboException e) {
                unknown.add(store.name() + ": " + e.getMessage());
            }
        }
        if (unknown.isEmpty()) return Optional.empty();
        throw new CarboException.Unavailable(new Problem("evidence.copy", "cid", cid.text(), "the object on disk or in a store of copies; it is not on disk, and " + String.join("; ", unknown)));
    }

    @Override
    public List<State> stores() {
        return all.stream().map(Copying::state).sorted(Comparator.comparing(State::name)).toList();
    }

    @Override
    public List<Metric> metrics() {
        var out = new ArrayList<Metric>();
        for (var s : stores()) {
            out.add(Metric.gauge("carbomt_evidence_copies_waiting", "Objects on disk that the store of copies does not have yet.", s.waiting(), "store", s.name()));
            out.add(Metric.gauge("carbomt_evidence_copies", "Objects that the store of copies has confirmed.", s.copied(), "store", s.name()));
            s.lastSuccess().ifPresent(t -> out.add(Metric.gauge("carbomt_evidence_copy_last_success_timestamp_seconds", "When the newest copy was made.", t.getEpochSecond(), "store", s.name())));
        }
        return out;
    }

    @Override
    public String name() {
        return "evidence-copies";
    }

    @Override
    public Optional<String> problem() {
        var failing = stores().stream().filter(s -> s.problem().isPresent()).map(s -> s.name() + " (" + s.waiting() + " objects wait)").toList();
        return failing.isEmpty() ? Optional.empty() : Optional.of("no copies of evidence reach " + String.join(", ", failing) + "; the disk has them, and it is tried again");
    }

    @Override
    public boolean critical() {
        return false;
    }

    @Override
    public void close() {
        for (var copying : all) copying.close();
        all.clear();
    }
}
