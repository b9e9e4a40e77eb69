package org.carbomt.field.journal;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;

/** Entries for tests. */
final class Readings {
    static final List<Channel> CO2 = List.of(new Channel("co2", "ppm", Grade.MEASURED));
    private static final Hash PROFILE = Hash.sha256("profile".getBytes());

    private Readings() {}

    static Entry one(String device, long time, double value) {
        return entry(device, ReadingBlock.row(CO2, time, value));
    }

    static Entry entry(String device, ReadingBlock block) {
        return new Entry(device, "test", "p@1", PROFILE, false, OptionalLong.empty(), Instant.ofEpochMilli(1_600_000_000_000L), ("payload of " + device).getBytes(), block);
    }

    static Entry rows(String device, long firstTime, int rows) {
        var times = new long[rows];
        var values = new double[1][rows];
        for (int i = 0; i < rows; i++) {
            times[i] = firstTime + i * 1000L;
            values[0][i] = 400 + i % 50;
        }
        return entry(device, new ReadingBlock(CO2, times, values));
    }
}
