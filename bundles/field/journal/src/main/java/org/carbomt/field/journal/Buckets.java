package org.carbomt.field.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.carbomt.api.journal.EntryFormat;
import org.carbomt.api.journal.Journal;

/** Buckets of equal width over a span. Not thread safe. */
final class Buckets {
    final long from;
    final long to;
    private final int[] counts;
    private final double[] mins;
    private final double[] maxs;
    private final double[] sums;

    Buckets(long from, long to, int buckets) {
        if (buckets < 1 || buckets > 10_000) throw new IllegalArgumentException("buckets: " + buckets + ", expected 1 to 10,000");
        if (to <= from) throw new IllegalArgumentException("to: " + Instant.ofEpochMilli(to) + ", expected after " + Instant.ofEpochMilli(from));
        this.from = from;
        this.to = to;
        counts = new int[buckets];
        mins = new double[buckets];
        maxs = new double[buckets];
        sums = new double[buckets];
        Arrays.fill(mins, Double.POSITIVE_INFINITY);
        Arrays.fill(maxs, Double.NEGATIVE_INFINITY);
    }

    void add(byte[] entry, String channel) {
        var block = EntryFormat.decode(entry).block();
        if (!block.has(channel)) return;
        var values = block.column(channel);
        var times = block.timesMillis();
        double width = (double) (to - from) / counts.length;
        for (int r = 0; r < times.length; r++) {
            if (times[r] < from || times[r] >= to || Double.isNaN(values[r])) continue;
            int b = Math.min(counts.length - 1, (int) ((times[r] - from) / width));
            counts[b]++;
            mins[b] = Math.min(mins[b], values[r]);
            maxs[b] = Math.max(maxs[b], values[r]);
            sums[b] += values[r];
        }
    }

    List<Journal.Bucket> list() {
        var out = new ArrayList<Journal.Bucket>(counts.length);
        double width = (double) (to - from) / counts.length;
        for (int b = 0; b < counts.length; b++) {
            boolean empty = counts[b] == 0;
            out.add(new Journal.Bucket(Instant.ofEpochMilli(from + Math.round(b * width)), counts[b], empty ? Double.NaN : mins[b], empty ? Double.NaN : maxs[b], empty ? Double.NaN : sums[b] / counts[b]));
        }
        return out;
    }
}
