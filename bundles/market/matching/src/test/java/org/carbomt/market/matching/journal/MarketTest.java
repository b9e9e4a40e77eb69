package org.carbomt.market.matching.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.market.matching.engine.StateHash;
import org.carbomt.market.matching.engine.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketTest {
    private static final Clock START = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    @TempDir
    Path folder;

    static Market open(Path folder, Disk disk, long segmentBytes, org.carbomt.market.matching.engine.Engine engine) throws IOException {
        return new Market(folder, disk, segmentBytes, engine, START, () -> 4711, m -> {});
    }

    static final class Answer extends CompletableFuture<Verdict> implements Reply {
        @Override
        public void done(Verdict verdict) {
            complete(verdict);
        }

        @Override
        public void failed(CarboException reason) {
            completeExceptionally(reason);
        }

        Verdict now() throws Exception {
            return get(30, TimeUnit.SECONDS);
        }
    }

    private static Answer send(Market market, Market.Encoder command) {
        var answer = new Answer();
        market.submit(answer, command);
        return answer;
    }

    // several files, answered in one go and one by one; opened three times
    @Test
    void isTheSameAfterEachOpening() throws Exception {
        var play = new Play(1);
        long commands = 0;
        for (int round = 0; round < 3; round++) {
            var engine = Play.engine();
            try (var market = open(folder, Disk.real(), 20_000, engine)) {
                long before = commands;
                assertEquals(before, market.read(engine::sequence));
                assertEquals(Play.hash(1, before), market.read(() -> StateHash.of(engine)));
                var answers = new ArrayList<Answer>();
                for (int i = 0; i < 3_000; i++, commands++) answers.add(send(market, play::next));
                for (var a : answers) a.now();
                for (int i = 0; i < 20; i++, commands++) send(market, play::next).now();
                assertEquals(4711, market.id());
                assertEquals(Play.hash(1, commands), market.read(() -> StateHash.of(engine)));
            }
        }
        assertTrue(Files.exists(SegmentFile.path(folder, 3)));
    }

    @Test
    void takesNoCommandThatTheEngineWouldNotTake() throws Exception {
        var engine = Play.engine();
        try (var market = open(folder, Disk.real(), 1 << 20, engine)) {
            assertThrows(IllegalArgumentException.class, () -> market.submit(null, out -> Commands.place(out, 1, 0, 0, 0, 0, -5, 1)));
            assertThrows(IllegalArgumentException.class, () -> market.submit(null, out -> Commands.place(out, 1, 0, 0, 0, 0, 5, 0)));
            assertThrows(IllegalArgumentException.class, () -> market.submit(null, out -> Commands.reduce(out, 0, 1, -1)));
            assertThrows(IllegalArgumentException.class, () -> market.submit(null, out -> Commands.deposit(out, 1, 0, 0, 0)));
            assertThrows(IllegalArgumentException.class, () -> market.submit(null, out -> Commands.account(out, "x".repeat(201))));
            assertEquals(Verdict.DONE, send(market, out -> Commands.account(out, "a")).now());
            assertEquals(1, market.read(engine::sequence));
        }
    }

    private List<Path> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.sorted().toList();
        }
    }

    private Hash play(int commands) throws Exception {
        var engine = Play.engine();
        var play = new Play(2);
        try (var market = open(folder, Disk.real(), 4_000, engine)) {
            for (int i = 0; i < commands; i++) send(market, play::next).now();
            return market.read(market::chain);
        }
    }

    // a byte changed anywhere but in the last group is found and nothing is thrown away; in the last group it looks like a torn write
    @Test
    void findsEachChangedByte() throws Exception {
        play(60);
        var files = files();
        assertTrue(files.size() > 1, files.toString());
        for (var file : files) {
            var whole = Files.readAllBytes(file);
            boolean newest = file.equals(files.get(files.size() - 1));
            for (int at = 0; at < whole.length; at += 7) {
                var changed = whole.clone();
                changed[at] ^= 0x40;
                Files.write(file, changed);
                long kept = -1;
                try (var market = open(folder, Disk.real(), 4_000, Play.engine())) {
                    kept = market.read(() -> market.count(Verdict.DONE));
                } catch (CarboException found) {
                    assertTrue(found.problem().code().startsWith("market."), found.getMessage());
                }
                assertTrue(kept == -1 || newest && at > whole.length - 200, file + ", byte " + at + ": " + kept);
                Files.write(file, whole);
            }
        }
        try (var market = open(folder, Disk.real(), 4_000, Play.engine())) {
            assertEquals(60, market.read(() -> java.util.Arrays.stream(Verdict.values()).mapToLong(market::count).sum()));
        }
    }

    @Test
    void cutsATornTailOffAndGoesOn() throws Exception {
        play(30);
        var newest = files().get(files().size() - 1);
        var whole = Files.readAllBytes(newest);
        for (int cut : new int[] {1, 20, 95}) {
            Files.write(newest, java.util.Arrays.copyOf(whole, whole.length - cut));
            var engine = Play.engine();
            try (var market = open(folder, Disk.real(), 4_000, engine)) {
                assertEquals(29, market.read(engine::sequence));
                assertEquals(Play.hash(2, 29), market.read(() -> StateHash.of(engine)));
            }
        }
    }

    // a segment begun and not written to is no segment
    @Test
    void goesOnBeforeASegmentThatWasOnlyBegun() throws Exception {
        play(10);
        for (int bytes : new int[] {0, 30, SegmentFile.HEADER}) {
            Files.write(SegmentFile.path(folder, files().size()), new byte[bytes]);
            var engine = Play.engine();
            try (var market = open(folder, Disk.real(), 1 << 20, engine)) {
                assertEquals(10, market.read(engine::sequence));
            }
        }
    }

    @Test
    void refusesClearlyWhenTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        var full = new boolean[1];
        var disk = new Failing(() -> full[0]);
        var engine = Play.engine();
        try (var market = open(folder, disk, 1 << 20, engine)) {
            assertEquals(Verdict.DONE, send(market, out -> Commands.account(out, "a")).now());
            full[0] = true;
            var refused = assertThrows(ExecutionException.class, () -> send(market, out -> Commands.account(out, "b")).now());
            assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
            assertEquals(1, market.read(engine::sequence));
            full[0] = false;
            assertEquals(Verdict.DONE, send(market, out -> Commands.account(out, "b")).now());
        }
        var again = Play.engine();
        try (var market = open(folder, Disk.real(), 1 << 20, again)) {
            assertEquals(2, market.read(again::accounts));
        }
    }

    /** A disk that writes half and then has no room, while the switch is on. */
    private record Failing(java.util.function.BooleanSupplier full) implements Disk {
        @Override
        public Handle open(Path file) throws IOException {
            var real = Disk.real().open(file);
            return new Handle() {
                @Override
                public void write(long position, ByteBuffer... buffers) throws IOException {
                    if (full.getAsBoolean()) {
                        real.write(position, buffers[0].slice(0, buffers[0].remaining() / 2));
                        throw new IOException("No space left on device");
                    }
                    real.write(position, buffers);
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
                public void read(ByteBuffer into, long position) throws IOException {
                    real.read(into, position);
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            Disk.real().forceFolder(folder);
        }
    }
}
