package org.carbomt.api.verification;

import java.util.List;
import java.util.Map;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.osgi.annotation.versioning.ConsumerType;

/** A check of hourly records (whiteboard service): rules, models, later the satellite. Pure but for what it was trained on. */
@ConsumerType
public interface Check {
    String id();

    String version();

    /**
     * @param source whose hours they are
     * @param hours consecutive newest versions, sorted; the first {@code history} of them are context that was checked before
     * @param history number of leading hours that are context only (at most 720)
     * @return notes on the hours after the context; none when all is well
     */
    List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history);

    /** A finding before it is recorded. */
    record Note(String hourId, Severity severity, String message, Map<String, String> evidence) {}
}
