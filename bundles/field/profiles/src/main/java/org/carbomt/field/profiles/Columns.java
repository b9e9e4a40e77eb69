package org.carbomt.field.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.ReadingBlock;

/** Rows on their way into a block. A channel that no row has a value of gets no column. */
final class Columns {
    private static final long NO_TIME = Long.MIN_VALUE;
    private final Shape shape;
    private final double[][] values;
    private long[] times;
    private int rows;
    private long present;

    /** The channels of a profile, and the sets of them met so far. */
    static final class Shape {
        private final List<Channel> channels;
        private final Map<Long, List<Channel>> subsets = new ConcurrentHashMap<>();

        Shape(List<ChannelRule> rules) {
            this.channels = rules.stream().map(ChannelRule::channel).toList();
        }

        List<Channel> channels() {
            return channels;
        }

        List<Channel> subset(long mask) {
            var known = subsets.get(mask);
            if (known != null) return known;
            var list = new ArrayList<Channel>();
            for (int c = 0; c < channels.size(); c++) {
                if ((mask >>> c & 1) != 0) list.add(channels.get(c));
            }
            var made = List.copyOf(list);
            if (subsets.size() < 256) subsets.put(mask, made);
            return made;
        }
    }

    Columns(Shape shape, int capacity) {
        this.shape = shape;
        this.values = new double[shape.channels.size()][];
        this.times = new long[Math.max(1, capacity)];
    }

    int rows() {
        return rows;
    }

    /** Begins a row without a time and without values. */
    void begin() {
        if (rows == times.length) grow();
        times[rows] = NO_TIME;
    }

    void time(long millis) {
        times[rows] = millis;
    }

    boolean hasTime() {
        return times[rows] != NO_TIME;
    }

    void put(int channel, double value) {
        var column = values[channel];
        if (column == null) {
            column = new double[times.length];
            if (times.length > 1) Arrays.fill(column, Double.NaN);
            values[channel] = column;
            present |= 1L << channel;
        }
        column[rows] = value;
    }

    void end() {
        rows++;
    }

    private void grow() {
        int capacity = times.length < 16 ? 64 : times.length * 2;
        times = Arrays.copyOf(times, capacity);
        for (int c = 0; c < values.length; c++) {
            if (values[c] == null) continue;
            int before = values[c].length;
            values[c] = Arrays.copyOf(values[c], capacity);
            Arrays.fill(values[c], before, capacity, Double.NaN);
        }
    }

    ReadingBlock block() {
        var columns = new double[Long.bitCount(present)][];
        int next = 0;
        for (var column : values) {
            if (column != null) columns[next++] = column.length == rows ? column : Arrays.copyOf(column, rows);
        }
        return new ReadingBlock(shape.subset(present), times.length == rows ? times : Arrays.copyOf(times, rows), columns);
    }
}
