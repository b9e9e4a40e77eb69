package org.carbomt.api.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.Problem;
import org.osgi.annotation.versioning.ProviderType;

/** Bad input, kept where a person can see it and release it. */
@ProviderType
public interface Quarantine {
    /** Newest first. @param beforeId page: only entries older than this id, empty for the first page */
    List<Entry> list(Optional<String> deviceId, Optional<String> beforeId, int limit);

    Optional<Entry> find(String id);

    /** Sends it through the intake again (after a profile was mended or a device registered); it leaves quarantine when accepted. */
    Outcome release(String id, String byPerson);

    /** Marks it as looked at and not to be released; it stays on record. */
    void discard(String id, String byPerson, String reason);

    /** @param status {@code HELD}, {@code RELEASED}, {@code DISCARDED}. @param times how often the same message came while it was held */
    record Entry(String id, Arrival arrival, Problem problem, Instant at, String status, String handledBy, String note, int times) {}
}
