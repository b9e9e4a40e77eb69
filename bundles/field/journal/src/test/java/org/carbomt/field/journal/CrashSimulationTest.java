package org.carbomt.field.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that forgets: what was not forced is dropped, or torn, when the power goes. After every cut the journal must open by itself with every acknowledged entry,
 * in order, and nothing that was never written. The mutant that acknowledges without forcing must be caught.
 */
class CrashSimulationTest {
    private static final long SEED = Long.getLong("seed", 20261124L);

    @TempDir
    Path folder;

    /** Keeps unforced writes in memory only; dies at the k-th operation. */
    private static final class ForgetfulDisk implements Disk {
        private final Random random;
        private final boolean forceLies;
        private final List<Pending> handles = new ArrayList<>();
        private int operationsLeft;

        ForgetfulDisk(int operations, boolean forceLies, Random random) {
            this.operationsLeft = operations;
            this.forceLies = forceLies;
            this.random = random;
        }

        private void operation() throws IOException {
            if (operationsLeft-- <= 0) throw new IOException("the power is gone");
        }

        @Override
        public Handle open(Path file) throws IOException {
            var handle = new Pending(Disk.real().open(file));
            handles.add(handle);
            return handle;
        }

        @Override
        public void forceFolder(Path path) throws IOException {
            operation();
        }

        /** What reaches the platter after the power is gone: any prefix of the unforced writes, the last of them torn. */
        void powerLoss() throws IOException {
            for (var h : handles) {
                int survive = h.writes.isEmpty() ? 0 : random.nextInt(h.writes.size() + 1);
                for (int i = 0; i < survive; i++) h.apply(i, i == survive - 1 ? random.nextDouble() : 1);
                h.real.close();
            }
        }

        private final class Pending implements Handle {
            private final Handle real;
            private final List<Map.Entry<Long, byte[]>> writes = new ArrayList<>();

            Pending(Handle real) {
                this.real = real;
            }

            void apply(int i, double part) throws IOException {
                var bytes = writes.get(i).getValue();
                int n = (int) (bytes.length * part);
                real.write(ByteBuffer.wrap(bytes, 0, n), writes.get(i).getKey());
            }

            @Override
            public void write(ByteBuffer bytes, long position) throws IOException {
                operation();
                var copy = new byte[bytes.remaining()];
                bytes.get(copy);
                writes.add(Map.entry(position, copy));
            }

            @Override
            public void force() throws IOException {
                operation();
                if (forceLies) return;
                for (int i = 0; i < writes.size(); i++) apply(i, 1);
                writes.clear();
            }

            @Override
            public void truncate(long size) throws IOException {
                operation();
                real.truncate(size);
            }

            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public byte[] read(long position, int length) throws IOException {
                for (var w : writes) {
                    if (position >= w.getKey() && position + length <= w.getKey() + w.getValue().length) return java.util.Arrays.copyOfRange(w.getValue(), (int) (position - w.getKey()), (int) (position - w.getKey()) + length);
                }
                return real.read(position, length);
            }

            @Override
            public void close() {
                // the power goes before any close
            }
        }
    }

    /** @return number of acknowledged entries that were lost, over all cuts */
    private int lost(boolean forceLies, int cuts) throws Exception {
        var random = new Random(SEED);
        int lost = 0;
        for (int k = 4; k < cuts; k++) {
            var run = Files.createDirectory(folder.resolve((forceLies ? "lie" : "true") + k));
            var disk = new ForgetfulDisk(k, forceLies, random);
            var acknowledged = new ArrayList<Long>();
            try (var journal = new SegmentedJournal(run, disk, 700, 1 << 20)) {
                for (int i = 0; i < 40; i++) {
                    try {
                        journal.append(List.of(Readings.one("a", i, i))).get(10, TimeUnit.SECONDS);
                        acknowledged.add((long) i);
                    } catch (java.util.concurrent.ExecutionException e) {
                        break;
                    }
                }
            } catch (IOException e) {
                assertTrue(acknowledged.isEmpty());
            }
            disk.powerLoss();
            try (var journal = new SegmentedJournal(run, 700, 1 << 20)) {
                var there = new HashMap<Long, Long>();
                var entries = journal.read(0, 1000);
                for (var e : entries) there.merge(e.entry().block().timesMillis()[0], 1L, Long::sum);
                for (long a : acknowledged) if (there.getOrDefault(a, 0L) != 1) lost++;
                assertEquals(there.size(), new HashSet<>(there.keySet()).size());
                assertTrue(entries.size() <= acknowledged.size() + 1, "cut " + k + ": more than the unacknowledged tail");
                if (!forceLies) assertEquals(-1, journal.verify(), "cut " + k);
            } catch (Exception e) {
                if (!forceLies) throw new AssertionError("seed " + SEED + ", cut " + k, e);
                lost++;
            }
        }
        return lost;
    }

    @Test
    void losesNothingAcknowledgedAtAnyCut() throws Exception {
        assertEquals(0, lost(false, 120), "seed " + SEED);
    }

    @Test
    void catchesAJournalThatAcknowledgesBeforeItForces() throws Exception {
        assertTrue(lost(true, 60) > 0, "seed " + SEED);
    }

    @Test
    void refusesClearlyWhenTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        var full = new boolean[1];
        var disk = new Disk() {
            @Override
            public Handle open(Path file) throws IOException {
                var real = Disk.real().open(file);
                return new Handle() {
                    @Override
                    public void write(ByteBuffer bytes, long position) throws IOException {
                        if (full[0]) {
                            real.write(bytes.slice(0, bytes.remaining() / 2), position); // a short write, then no room
                            throw new IOException("No space left on device");
                        }
                        real.write(bytes, position);
                    }

                    @Override
                    public void force() throws IOException {
                        real.force();
                    }

                    @Override
                    public void truncate(long size) throws IOException {
                        real.truncate(size);
                    }

                    @Override
                    public long size() throws IOException {
                        return real.size();
                    }

                    @Override
                    public byte[] read(long position, int length) throws IOException {
                        return real.read(position, length);
                    }

                    @Override
                    public void close() throws IOException {
                        real.close();
                    }
                };
            }

            @Override
            public void forceFolder(Path path) throws IOException {
                Disk.real().forceFolder(path);
            }
        };
        try (var journal = new SegmentedJournal(folder, disk, 1 << 20, 1 << 20)) {
            journal.append(List.of(Readings.one("a", 1, 1))).get(10, TimeUnit.SECONDS);
            full[0] = true;
            var refused = org.junit.jupiter.api.Assertions.assertThrows(java.util.concurrent.ExecutionException.class, () -> journal.append(List.of(Readings.one("a", 2, 2))).get(10, TimeUnit.SECONDS));
            assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
            full[0] = false;
            assertEquals(1, journal.append(List.of(Readings.one("a", 2, 2))).get(10, TimeUnit.SECONDS).get(0).sequence());
        }
        try (var journal = new SegmentedJournal(folder, 1 << 20, 1 << 20)) {
            assertEquals(2, journal.nextSequence());
            assertEquals(-1, journal.verify());
        }
    }
}
