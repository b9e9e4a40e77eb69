package org.carbomt.field.journal;

import java.nio.LongBuffer;

/** Keys of the rows of a sealed segment with their digests: pairs, sorted by key as unsigned numbers, searched by halving. Any thread. */
final class SortedKeys {
    private final LongBuffer pairs;

    SortedKeys(LongBuffer pairs) {
        this.pairs = pairs;
    }

    /** The digest stored under that key, or {@link RowKeys#ABSENT}. */
    long find(long key) {
        int low = 0;
        int high = pairs.limit() / 2 - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Long.compareUnsigned(pairs.get(2 * middle), key);
            if (order == 0) return pairs.get(2 * middle + 1);
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return RowKeys.ABSENT;
    }
}
