package org.carbomt.field.journal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the entries of one segment lie, and which device and times they hold. Grown by the writer; readers see entries below the published count. */
final class EntryIndex {
    /** Times of a device within the segment. */
    static final class Span {
        final int number;
        volatile long min = Long.MAX_VALUE;
        volatile long max = Long.MIN_VALUE;

        Span(int number) {
            this.number = number;
        }
    }

    final Map<String, Span> devices = new java.util.concurrent.ConcurrentHashMap<>(new LinkedHashMap<>());
    volatile long[] offsets = new long[256];
    volatile int[] lengths = new int[256];
    volatile int[] deviceNumbers = new int[256];
    volatile long[] mins = new long[256];
    volatile long[] maxs = new long[256];
    volatile int count;
    volatile long min = Long.MAX_VALUE;
    volatile long max = Long.MIN_VALUE;

    void add(String device, long offset, int length, long minTime, long maxTime) {
        int n = count;
        if (n == offsets.length) {
            offsets = Arrays.copyOf(offsets, n * 2);
            lengths = Arrays.copyOf(lengths, n * 2);
            deviceNumbers = Arrays.copyOf(deviceNumbers, n * 2);
            mins = Arrays.copyOf(mins, n * 2);
            maxs = Arrays.copyOf(maxs, n * 2);
        }
        var span = devices.computeIfAbsent(device, d -> new Span(devices.size()));
        span.min = Math.min(span.min, minTime);
        span.max = Math.max(span.max, maxTime);
        offsets[n] = offset;
        lengths[n] = length;
        deviceNumbers[n] = span.number;
        mins[n] = minTime;
        maxs[n] = maxTime;
        min = Math.min(min, minTime);
        max = Math.max(max, maxTime);
        count = n + 1;
    }
}
