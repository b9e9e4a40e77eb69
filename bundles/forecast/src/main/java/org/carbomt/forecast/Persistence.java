package org.carbomt.forecast;

import java.util.Arrays;
import java.util.Optional;

/** The last known value goes on. */
final class Persistence implements Method {
    @Override
    public String id() {
        return "persistence";
    }

    @Override
    public Optional<Fitted> fit(double[] past) {
        return Optional.of(Persistence::ahead);
    }

    static double[] ahead(double[] past, int steps) {
        var next = new double[steps];
        Arrays.fill(next, lastKnown(past, past.length));
        return next;
    }

    /** The newest value before an index that is known; NaN when there is none. */
    static double lastKnown(double[] values, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (!Double.isNaN(values[i])) return values[i];
        }
        return Double.NaN;
    }
}
