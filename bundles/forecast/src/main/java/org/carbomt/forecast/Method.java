package org.carbomt.forecast;

import java.util.Optional;

/** A way to continue a series of equal steps; NaN is a missing value, never zero. Immutable; safe for any thread. */
interface Method {
    String id();

    /** Learns from a past. Empty when it is too short for this method. */
    Optional<Fitted> fit(double[] past);

    /** What was learned. */
    interface Fitted {
        /** @param past longer than what was learned from, or equal. @return the next values; NaN where it has nothing to go by */
        double[] ahead(double[] past, int steps);
    }
}
