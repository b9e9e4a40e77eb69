package org.carbomt.field.journal;

import java.util.List;
import java.util.Optional;
import org.carbomt.api.journal.Segment;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;

/** What the journal tells about itself. */
record JournalFigures(SegmentedJournal journal) implements Measured, HealthCheck {
    private static final double NANOS = 1e9;

    @Override
    public List<Metric> metrics() {
        var f = journal.figures();
        var segments = journal.segments();
        return List.of(Metric.counter("carbomt_journal_entries_total", "Durable entries, all that the journal holds.", journal.nextSequence()),
                Metric.gauge("carbomt_journal_segments", "Segments of the journal.", segments.size()),
                Metric.gauge("carbomt_journal_bytes", "Bytes of the journal's entries on disk.", segments.stream().mapToLong(Segment::bytes).sum()),
                Metric.gauge("carbomt_journal_disk_free_bytes", "Room on the disk of the journal.", journal.freeBytes()),
                Metric.gauge("carbomt_journal_queue_bytes", "Readings that wait for the disk, bytes.", f.queuedBytes()),
                Metric.counter("carbomt_journal_groups_total", "Groups of batches written and forced to disk together.", f.groups()),
                Metric.counter("carbomt_journal_group_seconds_total", "Time that writing and forcing the groups took.", f.nanos() / NANOS),
                Metric.counter("carbomt_journal_write_failures_total", "Groups that the disk refused; their senders keep the readings.", f.failures()));
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public Optional<String> problem() {
        return Optional.of(journal.figures().failure()).filter(f -> !f.isEmpty()).map(f -> "the newest readings could not be written: " + f);
    }
}
