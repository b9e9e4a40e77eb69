package org.carbomt.field.journal;

import java.util.Map;

/** Where the entries of one segment lie, and which device and times they hold. Any thread may read what lies below the count. */
interface EntryIndex {
    /** Times of a device within the segment. */
    final class Span {
        final int number;
        volatile long min = Long.MAX_VALUE;
        volatile long max = Long.MIN_VALUE;

        Span(int number) {
            this.number = number;
        }

        void widen(long from, long to) {
            if (from < min) min = from;
            if (to > max) max = to;
        }

        boolean meets(long from, long to) {
            return min <= to && max >= from;
        }
    }

    /** By device id. */
    Map<String, Span> devices();

    int count();

    long offset(int entry);

    int length(int entry);

    /** Number of the entry's device, as its span has it. */
    int device(int entry);

    /** Earliest measuring time in the entry. */
    long min(int entry);

    /** Latest measuring time in the entry. */
    long max(int entry);

    /** Earliest measuring time in the segment; Long.MAX_VALUE when it is empty. */
    default long min() {
        return devices().values().stream().mapToLong(s -> s.min).min().orElse(Long.MAX_VALUE);
    }

    /** Latest measuring time in the segment; Long.MIN_VALUE when it is empty. */
    default long max() {
        return devices().values().stream().mapToLong(s -> s.max).max().orElse(Long.MIN_VALUE);
    }
}
