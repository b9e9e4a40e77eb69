package org.carbomt.field.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.carbomt.api.CarboException;
import org.carbomt.api.journal.Appended;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.EntryFormat;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.reading.ReadingBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentedJournalTest {
    @TempDir
    Path folder;

    private SegmentedJournal open(long segmentBytes) throws Exception {
        return new SegmentedJournal(folder, segmentBytes, 64 << 20);
    }

    private static List<Appended> append(Journal journal, Entry... entries) throws Exception {
        return journal.append(List.of(entries)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void keepsWhatWasAcknowledgedOverRestartsAndSegments() throws Exception {
        for (int round = 0; round < 4; round++) {
            try (var journal = open(4_000)) {
                for (int i = 0; i < 50; i++) assertEquals(round * 50L + i, append(journal, Readings.one("d" + i % 3, round * 100_000L + i, i)).get(0).sequence());
                assertEquals(round * 50L + 50, journal.nextSequence());
                assertEquals(-1, journal.verify());
            }
        }
        try (var journal = open(4_000)) {
            assertTrue(journal.segments().size() > 5);
            assertEquals(200, journal.read(0, 1000).size());
            assertEquals(137, journal.read(137, 1).get(0).sequence());
            assertArrayEquals("payload of d2".getBytes(), journal.read(2, 1).get(0).entry().payload());
        }
    }

    @Test
    void readsLargeEntriesAFewAtATime() throws Exception {
        try (var journal = open(4_000_000)) {
            for (int i = 0; i < 30; i++) append(journal, Readings.rows("d", i * 100_000_000L, 20_000));
            var first = journal.read(0, 1000).size();
            assertTrue(first > 1 && first < 20, first + " entries of 320 kB at once");
            var seen = new java.util.ArrayList<Long>();
            journal.newest(25, e -> seen.add(e.sequence()));
            assertEquals(java.util.stream.LongStream.range(5, 30).boxed().toList(), seen);
        }
    }

    @Test
    void storesADuplicateOnceAndReportsAContradictionAlsoAfterARestartAndAcrossSegments() throws Exception {
        try (var journal = open(1_000)) {
            append(journal, Readings.one("a", 1000, 5), Readings.one("a", 2000, 6));
            for (int i = 0; i < 30; i++) append(journal, Readings.one("b", i, i));
        }
        try (var journal = open(1_000)) {
            var again = append(journal, Readings.one("a", 1000, 5), Readings.one("a", 2000, 7), Readings.one("a", 3000, 8), Readings.one("a", 3000, 8), Readings.one("a", 3000, 9));
            assertEquals(new Appended(-1, 0, 1, 0), again.get(0));
            assertEquals(new Appended(-1, 0, 0, 1), again.get(1));
            assertEquals(1, again.get(2).stored());
            assertEquals(new Appended(-1, 0, 1, 0), again.get(3));
            assertEquals(new Appended(-1, 0, 0, 1), again.get(4));
            assertEquals(3, journal.readings("a", Instant.EPOCH, Instant.ofEpochMilli(9000)).rows());
        }
    }

    @Test
    void storesOnlyTheNewRowsOfABlock() throws Exception {
        try (var journal = open(1 << 20)) {
            append(journal, Readings.rows("a", 0, 5));
            var mixed = append(journal, Readings.rows("a", 3000, 5)).get(0);
            assertEquals(3, mixed.stored());
            assertEquals(2, mixed.duplicates() + mixed.conflicts());
            assertEquals(8, journal.readings("a", Instant.EPOCH, Instant.ofEpochMilli(100_000)).rows());
        }
    }

    // every possible cut of the file: the journal opens with the whole entries before the cut and goes on
    @Test
    void cutsATornTailAtEveryByte() throws Exception {
        try (var journal = open(1 << 20)) {
            append(journal, Readings.one("a", 1, 1));
            append(journal, Readings.one("a", 2, 2));
        }
        var whole = Files.readAllBytes(folder.resolve("00000000.journal"));
        int last = whole.length - (whole.length - SegmentFile.HEADER) / 2;
        for (int size = last; size < whole.length; size++) {
            Files.write(folder.resolve("00000000.journal"), java.util.Arrays.copyOf(whole, size));
            try (var journal = open(1 << 20)) {
                assertEquals(1, journal.nextSequence(), "cut at " + size);
                assertEquals(1, append(journal, Readings.one("a", 2, 2)).get(0).sequence());
            }
        }
    }

    @Test
    void locatesAChangedByteInASealedSegment() throws Exception {
        try (var journal = open(600)) {
            for (int i = 0; i < 20; i++) append(journal, Readings.one("a", i, i));
            var file = folder.resolve("00000001.journal");
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length - 5] ^= 1;
            Files.write(file.resolveSibling("x"), bytes);
            try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(bytes), 0);
            }
            var segment = journal.segments().get(1);
            assertEquals(segment.firstSequence() + segment.entries() - 1, journal.verify());
        }
    }

    @Test
    void refusesToOpenOverADamagedSealedSegmentAndSaysWhich() throws Exception {
        try (var journal = open(600)) {
            for (int i = 0; i < 20; i++) append(journal, Readings.one("a", i, i));
        }
        var file = folder.resolve("00000001.journal");
        var bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        Files.delete(folder.resolve("00000001.side"));
        var e = assertThrows(CarboException.class, () -> open(600));
        assertTrue(e.getMessage().contains("00000001.journal"), e.getMessage());
    }

    @Test
    void buildsAMissingSideFileAgain() throws Exception {
        try (var journal = open(600)) {
            for (int i = 0; i < 20; i++) append(journal, Readings.one("a", i, i));
        }
        Files.delete(folder.resolve("00000000.side"));
        Files.write(folder.resolve("00000001.side"), new byte[40]);
        try (var journal = open(600)) {
            assertEquals(new Appended(-1, 0, 1, 0), append(journal, Readings.one("a", 1, 1)).get(0));
            assertEquals(20, journal.readings("a", Instant.EPOCH, Instant.ofEpochMilli(100)).rows());
        }
    }

    @Test
    void followsInOrderAndGivesTheSameAgainAfterAFailure() throws Exception {
        try (var journal = open(2_000)) {
            var seen = Collections.synchronizedList(new ArrayList<Long>());
            var failures = new AtomicInteger();
            var done = new CountDownLatch(100);
            for (int i = 0; i < 40; i++) append(journal, Readings.one("a", i, i));
            try (var following = journal.follow(0, entries -> {
                if (failures.getAndIncrement() == 1) throw new IllegalStateException("once");
                for (var e : entries) {
                    seen.add(e.sequence());
                    done.countDown();
                }
            })) {
                for (int i = 40; i < 100; i++) append(journal, Readings.one("a", i, i));
                assertTrue(done.await(10, TimeUnit.SECONDS));
            }
            for (int i = 0; i < 100; i++) assertEquals(i, seen.get(i));
        }
    }

    @Test
    void downsamplesAsANaiveSumDoes() throws Exception {
        try (var journal = open(10_000)) {
            append(journal, Readings.rows("a", 0, 1000));
            var buckets = journal.downsample("a", "co2", Instant.EPOCH, Instant.ofEpochMilli(1_000_000), 10);
            for (int b = 0; b < 10; b++) {
                assertEquals(100, buckets.get(b).count());
                assertEquals(400, buckets.get(b).min());
                assertEquals(449, buckets.get(b).max());
                assertEquals(424.5, buckets.get(b).mean(), 1e-9);
            }
            assertTrue(Double.isNaN(journal.downsample("a", "co2", Instant.ofEpochMilli(2_000_000), Instant.ofEpochMilli(3_000_000), 1).get(0).mean()));
        }
    }

    @Test
    void formatGivesBackWhatItWasGivenAndRefusesEveryTruncation() {
        var entry = Readings.entry("a", new ReadingBlock(Readings.CO2, new long[] {1, 2}, new double[][] {{1.5, Double.NaN}}));
        var bytes = EntryFormat.encode(entry);
        var back = EntryFormat.decode(bytes);
        assertArrayEquals(bytes, EntryFormat.encode(back));
        assertEquals(entry.profileDigest(), back.profileDigest());
        for (int n = 0; n < bytes.length; n++) {
            int size = n;
            assertThrows(IllegalArgumentException.class, () -> EntryFormat.decode(java.util.Arrays.copyOf(bytes, size)), "length " + n);
        }
        assertThrows(IllegalArgumentException.class, () -> EntryFormat.decode(java.util.Arrays.copyOf(bytes, bytes.length + 1)));
    }
}
