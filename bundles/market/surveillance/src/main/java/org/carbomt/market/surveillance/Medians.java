package org.carbomt.market.surveillance;

import java.util.Arrays;

/** The lower median: a value that occurs, no mean of two. */
final class Medians {
    private Medians() {}

    /** @param values not empty; sorted by this */
    static long of(long[] values) {
        Arrays.sort(values);
        return values[(values.length - 1) / 2];
    }
}
