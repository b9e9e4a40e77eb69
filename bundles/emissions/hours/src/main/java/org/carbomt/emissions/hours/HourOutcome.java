package org.carbomt.emissions.hours;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.reading.Grade;

/** What a rule book says of an hour, in the form of a record that is not recorded yet. Pure. */
public final class HourOutcome {
    private HourOutcome() {}

    /**
     * Computes an hour.
     *
     * @param used the journal entries the input was assembled from, in order of sequence; none outside of a container
     * @return version 0, recorded at the epoch
     */
    public static HourlyRecord of(RuleBook book, HourInput input, List<StoredEntry> used) {
        var source = input.source();
        var root = new MerkleTree(used.stream().map(StoredEntry::leaf).toList()).root();
        var grade = input.channels().values().stream().map(ChannelHour::grade).max(Comparator.naturalOrder()).orElse(Grade.MEASURED);
        HourlyRecord.Status status;
        Optional<BigDecimal> mass;
        Optional<BigDecimal> uncertainty;
        String clause;
        String reason = "";
        Map<String, BigDecimal> steps;
        var result = book.compute(input);
        if (result instanceof HourResult.Mass m) {
            status = m.substituted() ? HourlyRecord.Status.SUBSTITUTED : HourlyRecord.Status.MEASURED;
            mass = Optional.of(m.massShortTons());
            uncertainty = Optional.of(m.uncertaintyPercent());
            clause = m.clause();
            steps = m.steps();
        } else if (result instanceof HourResult.Idle i) {
            status = HourlyRecord.Status.IDLE;
            mass = Optional.of(new BigDecimal("0.0"));
            uncertainty = Optional.of(new BigDecimal("0.0"));
            clause = i.clause();
            steps = i.steps();
        } else {
            var m = (HourResult.Missing) result;
            status = HourlyRecord.Status.MISSING;
            mass = Optional.empty();
            uncertainty = Optional.empty();
            clause = m.clause();
            reason = m.reason();
            steps = m.steps();
        }
        return new HourlyRecord(source.id(), input.hourStart(), 0, status, mass, uncertainty, grade, book.id() + "@" + book.version(), source.method(), clause, reason, steps, root,
                used.isEmpty() ? -1 : used.get(0).sequence(), used.size(), Instant.EPOCH);
    }
}
