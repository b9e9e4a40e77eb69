package org.carbomt.market.matching.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.carbomt.api.CarboException;
import org.carbomt.market.matching.engine.StateHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TRUST R4: a disk that forgets. What was not forced is dropped, or torn, when the power goes. After every cut the market opens by itself with all that was
 * acknowledged and at most the group that was not. The mutant that acknowledges without forcing is caught.
 */
class PowerCutTest {
    private static final long SEED = Long.getLong("seed", 20261124L);
    @TempDir
    Path folder;

    private static final class ForgetfulDisk implements Disk {
        private record Unforced(long position, byte[] bytes) {}

        private final List<Pending> handles = new ArrayList<>();
        private final Random random;
        private final boolean forceLies;
        private int operationsLeft;

        ForgetfulDisk(int operations, boolean forceLies, Random random) {
            operationsLeft = operations;
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

        /** Any of the unforced writes reach the disk, each whole, in part or not at all. */
        void powerLoss() throws IOException {
            for (var h : handles) {
                for (var w : h.unforced) {
                    int n = random.nextInt(3) == 0 ? w.bytes.length : random.nextInt(w.bytes.length + 1);
                    if (random.nextInt(3) > 0) h.real.write(w.position, ByteBuffer.wrap(w.bytes, 0, n));
                }
                h.real.close();
            }
        }

        private final class Pending implements Handle {
            private final Handle real;
            private final List<Unforced> unforced = new ArrayList<>();

            Pending(Handle real) {
                this.real = real;
            }

            @Override
            public void write(long position, ByteBuffer... buffers) throws IOException {
                operation();
                long at = position;
                for (var b : buffers) {
                    var copy = new byte[b.remaining()];
                    b.get(copy);
                    unforced.add(new Unforced(at, copy));
                    at += copy.length;
                }
            }

            @Override
            public void force() throws IOException {
                operation();
                if (forceLies) return;
                for (var w : unforced) real.write(w.position, ByteBuffer.wrap(w.bytes));
                unforced.clear();
                real.force();
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
            public void read(ByteBuffer into, long position) throws IOException {
                real.read(into, position);
            }

            @Override
            public void close() {
                // the power goes before any close
            }
        }
    }

    /** @return how many cuts lost something that was acknowledged, or did not open */
    private int losses(boolean forceLies, int cuts) throws Exception {
        var random = new Random(SEED);
        int losses = 0;
        for (int k = 4; k < cuts; k++) {
            var run = Files.createDirectory(folder.resolve((forceLies ? "lie" : "true") + k));
            var disk = new ForgetfulDisk(k, forceLies, random);
            long acknowledged = 0;
            var play = new Play(k);
            try (var market = MarketTest.open(run, disk, 900, Play.engine())) {
                for (int i = 0; i < 60; i++) {
                    var answer = new MarketTest.Answer();
                    market.submit(answer, play::next);
                    answer.now();
                    acknowledged++;
                }
            } catch (IOException | ExecutionException power) {
                assertTrue(acknowledged < 60);
            }
            disk.powerLoss();
            var engine = Play.engine();
            try (var market = MarketTest.open(run, Disk.real(), 900, engine)) {
                long there = market.read(engine::sequence);
                if (there < acknowledged) losses++;
                assertTrue(there <= acknowledged + 1, "cut " + k + ": more than the group that was not acknowledged");
                assertEquals(Play.hash(k, there), market.read(() -> StateHash.of(engine)), "cut " + k);
            } catch (CarboException damaged) {
                if (!forceLies) throw new AssertionError("seed " + SEED + ", cut " + k, damaged);
                losses++;
            }
        }
        return losses;
    }

    @Test
    void losesNothingAcknowledgedAtAnyCut() throws Exception {
        assertEquals(0, losses(false, 150), "seed " + SEED);
    }

    @Test
    void catchesAMarketThatAcknowledgesBeforeItForces() throws Exception {
        assertTrue(losses(true, 60) > 0, "seed " + SEED);
    }
}
