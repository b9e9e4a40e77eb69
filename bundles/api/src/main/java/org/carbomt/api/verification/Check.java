package org.carbomt.api.verification;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A check of hourly records (whiteboard service): rules, models, later the satellite. Pure but for what it was trained on. Which checks a case was laid before,
 * and which were expected and absent, stands among its findings.
 */
@ConsumerType
public interface Check {
    String id();

    String version();

    /** Hours of context it wants before the hours to be checked, 0 to 8,784. */
    default int contextHours() {
        return 720;
    }

    /**
     * @param source whose hours they are
     * @param hours newest versions, sorted; the first {@code history} of them are context, where hours may lack; the others are consecutive
     * @param history number of leading hours that are context only (at most {@link #contextHours})
     * @return notes on the hours after the context; none when all is well
     */
    List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history);

    /**
     * What the workflow calls. A check that learns from the context overrides it: context nobody verified must not teach what is ordinary.
     *
     * @param verified ids of those context hours that a verifier accepted by signature
     */
    default List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history, Set<String> verified) {
        return check(source, hours, history);
    }

    /** A finding before it is recorded. */
    record Note(String hourId, Severity severity, String message, Map<String, String> evidence) {}
}
