package org.carbomt.field.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.journal.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in any order, again and again, over segments and restarts, against a map as oracle. */
class StoredOnceTest {
    private static final String[] DEVICES = {"a", "b", "c"};

    @Test
    void everyRowIsStoredOnceWhateverTheOrder(@TempDir Path folder) throws Exception {
        var random = new SplittableRandom(11);
        var oracle = new TreeMap<String, TreeMap<Long, Double>>();
        for (var d : DEVICES) oracle.put(d, new TreeMap<>());
        for (int run = 0; run < 6; run++) {
            try (var journal = new SegmentedJournal(folder, 3_000, 64 << 20)) {
                for (int batch = 0; batch < 40; batch++) {
                    var entries = new ArrayList<Entry>();
                    var expected = new ArrayList<int[]>();
                    for (int e = 1 + random.nextInt(4); e > 0; e--) {
                        var device = DEVICES[random.nextInt(3)];
                        var stored = oracle.get(device);
                        // mostly in order, now and then into what came before
                        long time = random.nextInt(4) > 0 && !stored.isEmpty() ? stored.lastKey() + 1 + random.nextInt(20) : random.nextInt(2_000);
                        double value = random.nextInt(3);
                        entries.add(Readings.one(device, time, value));
                        var before = stored.putIfAbsent(time, value);
                        expected.add(new int[] {before == null ? 1 : 0, before != null && before == value ? 1 : 0, before != null && before != value ? 1 : 0});
                    }
                    var appended = journal.append(entries).get(10, TimeUnit.SECONDS);
                    for (int i = 0; i < appended.size(); i++) {
                        var a = appended.get(i);
                        assertEquals(java.util.Arrays.toString(expected.get(i)), java.util.Arrays.toString(new int[] {a.stored(), a.duplicates(), a.conflicts()}));
                    }
                }
                assertEquals(-1, journal.verify());
                for (var d : DEVICES) {
                    var block = journal.readings(d, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE / 2));
                    assertEquals(oracle.get(d).size(), block.rows());
                    var times = oracle.get(d).keySet().iterator();
                    for (long t : block.timesMillis()) assertEquals(times.next(), t);
                }
            }
        }
    }
}
