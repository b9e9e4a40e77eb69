package org.carbomt.field.journal;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The index of the active segment, in memory; one thread adds. */
final class GrowingIndex implements EntryIndex {
    private final Map<String, Span> devices = new ConcurrentHashMap<>();
    private volatile long[] offsets = new long[256];
    private volatile int[] lengths = new int[256];
    private volatile int[] deviceNumbers = new int[256];
    private volatile long[] mins = new long[256];
    private volatile long[] maxs = new long[256];
    private volatile int count;

    void add(String device, long offset, int length, long min, long max) {
        int n = count;
        if (n == offsets.length) {
            offsets = Arrays.copyOf(offsets, n * 2);
            lengths = Arrays.copyOf(lengths, n * 2);
            deviceNumbers = Arrays.copyOf(deviceNumbers, n * 2);
            mins = Arrays.copyOf(mins, n * 2);
            maxs = Arrays.copyOf(maxs, n * 2);
        }
        var span = devices.get(device);
        if (span == null) devices.put(device, span = new Span(devices.size()));
        span.widen(min, max);
        offsets[n] = offset;
        lengths[n] = length;
        deviceNumbers[n] = span.number;
        mins[n] = min;
        maxs[n] = max;
        count = n + 1;
    }

    @Override
    public Map<String, Span> devices() {
        return devices;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long offset(int entry) {
        return offsets[entry];
    }

    @Override
    public int length(int entry) {
        return lengths[entry];
    }

    @Override
    public int device(int entry) {
        return deviceNumbers[entry];
    }

    @Override
    public long min(int entry) {
        return mins[entry];
    }

    @Override
    public long max(int entry) {
        return maxs[entry];
    }
}
