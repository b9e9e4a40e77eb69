package org.carbomt.api.reading;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * Readings of one device in columns: row i was measured at {@code timesMillis[i]} (UTC, milliseconds since 1970), channel c then had
 * {@code values[c][i]}; NaN says that the row has no value of that channel. Rows keep the order of arrival. For speed the arrays are not
 * copied: whoever makes a block hands them over and changes them no more.
 */
public record ReadingBlock(List<Channel> channels, long[] timesMillis, double[][] values) {
    public ReadingBlock {
        channels = List.copyOf(channels);
        if (values.length != channels.size()) throw new IllegalArgumentException("values: " + values.length + " columns for " + channels.size() + " channels");
        for (var column : values) {
            if (column.length != timesMillis.length) throw new IllegalArgumentException("values: a column of " + column.length + " rows beside " + timesMillis.length + " times");
        }
    }

    /** One row. @param values one value a channel */
    public static ReadingBlock row(List<Channel> channels, long timeMillis, double... values) {
        var columns = new double[values.length][1];
        for (int c = 0; c < values.length; c++) columns[c][0] = values[c];
        return new ReadingBlock(channels, new long[] {timeMillis}, columns);
    }

    public int rows() {
        return timesMillis.length;
    }

    /** The column of the channel of that name. */
    public double[] column(String channel) {
        for (int c = 0; c < channels.size(); c++) {
            if (channels.get(c).name().equals(channel)) return values[c];
        }
        throw new NoSuchElementException("channel " + channel);
    }

    public boolean has(String channel) {
        return channels.stream().anyMatch(c -> c.name().equals(channel));
    }
}
