package org.carbomt.api.emission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.carbomt.api.journal.StoredEntry;
import org.osgi.annotation.versioning.ProviderType;

/** The hourly records. */
@ProviderType
public interface Hours {
    /** The newest version of each hour in [from, to), sorted; with asKnownOn: the newest recorded at or before that time. */
    List<HourlyRecord> find(String sourceId, Instant from, Instant to, Optional<Instant> asKnownOn);

    /** One version, by its id. */
    Optional<HourlyRecord> byId(String id);

    /** All versions of an hour, oldest first. */
    List<HourlyRecord> history(String sourceId, Instant hourStart);

    /** The journal entries an hour was computed from, in order of sequence; their tree has the record's readingsRoot. */
    List<StoredEntry> derivation(HourlyRecord hour);

    /**
     * Computes every hour of [from, to) again with the rule book now in service; where the outcome differs, records a new version with that
     * reason. @param progress gets hours done of hours to do. @return the new versions
     */
    List<HourlyRecord> recompute(String sourceId, Instant from, Instant to, String reason, Consumer<Progress> progress);

    /** Start of the newest accounted hour of a source. */
    Optional<Instant> newest(String sourceId);

    /** Journal sequence up to which every entry is in the hours: for waiting and for the lag metric. */
    long computedThrough();

    record Progress(long done, long of) {}
}
