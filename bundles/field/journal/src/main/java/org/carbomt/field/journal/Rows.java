package org.carbomt.field.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.ReadingBlock;

/** Rows gathered from blocks: those of a span, sorted by time, with every channel that occurs (its worst grade). */
final class Rows {
    final long from;
    final long to;
    private final List<ReadingBlock> blocks = new ArrayList<>();

    Rows(long from, long to) {
        this.from = from;
        this.to = to;
    }

    void add(ReadingBlock block) {
        blocks.add(block);
    }

    ReadingBlock block() {
        var channels = new LinkedHashMap<String, Channel>();
        for (var b : blocks) for (var c : b.channels()) channels.merge(c.name(), c, (x, y) -> y.grade().compareTo(x.grade()) > 0 ? y : x);
        record Place(long time, int block, int row) {}
        var places = new ArrayList<Place>();
        for (int b = 0; b < blocks.size(); b++) {
            var times = blocks.get(b).timesMillis();
            for (int r = 0; r < times.length; r++) if (times[r] >= from && times[r] < to) places.add(new Place(times[r], b, r));
        }
        places.sort(Comparator.comparingLong(Place::time));
        var list = List.copyOf(channels.values());
        var times = places.stream().mapToLong(Place::time).toArray();
        var values = new double[list.size()][times.length];
        for (int c = 0; c < list.size(); c++) {
            int[] column = new int[blocks.size()];
            for (int b = 0; b < column.length; b++) column[b] = position(blocks.get(b), list.get(c).name());
            for (int i = 0; i < times.length; i++) {
                var place = places.get(i);
                values[c][i] = column[place.block] < 0 ? Double.NaN : blocks.get(place.block).values()[column[place.block]][place.row];
            }
        }
        return new ReadingBlock(list, times, values);
    }

    private static int position(ReadingBlock block, String channel) {
        for (int c = 0; c < block.channels().size(); c++) if (block.channels().get(c).name().equals(channel)) return c;
        return -1;
    }

    /** The entry with the first count of the given rows only. */
    static Entry only(Entry e, int[] rows, int count) {
        var block = e.block();
        var times = new long[count];
        var values = new double[block.values().length][count];
        for (int i = 0; i < count; i++) {
            times[i] = block.timesMillis()[rows[i]];
            for (int c = 0; c < values.length; c++) values[c][i] = block.values()[c][rows[i]];
        }
        return new Entry(e.deviceId(), e.protocol(), e.profile(), e.profileDigest(), e.wholeHour(), e.counter(), e.receivedAt(), e.payload(), new ReadingBlock(block.channels(), times, values));
    }
}
