package org.carbomt.api.intake;

import org.carbomt.api.Problem;

/** What became of an arrival. */
public sealed interface Outcome {
    /**
     * Durable. The sender may forget it.
     *
     * @param sequence journal sequence of the entry, -1 when every row was a duplicate
     * @param stored rows stored now
     * @param duplicates rows that were stored before and are not stored twice
     */
    record Accepted(long sequence, int stored, int duplicates) implements Outcome {}

    /** Cannot be used; kept durably under that id, with the reason. The sender need not repeat it. */
    record Quarantined(String quarantineId, Problem problem) implements Outcome {}

    /** Not stored anywhere; the sender must keep it and try again (disk full, shutting down, overloaded). */
    record Refused(Problem problem) implements Outcome {}
}
