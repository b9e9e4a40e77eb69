package org.carbomt.market.matching.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carbomt.api.CarboException;
import org.carbomt.market.matching.engine.StateHash;
import org.carbomt.market.matching.engine.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of a process that trades: the counting is done here, from the acknowledgements it printed. After each kill the journal holds all that was
 * acknowledged, and gives the state that the same commands give without a journal; so do other JVMs with other settings (TRUST C3).
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("market.kills", 10);
    private static final long SEED = Long.getLong("seed", 20261124L);
    @TempDir
    Path folder;

    private Process java(Class<?> main, List<String> options) throws IOException {
        var command = new ArrayList<String>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), folder.toString(), "" + SEED));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    void hasTheSameStateAfterEachKill() throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < KILLS; round++) {
            var process = java(Child.class, List.of("-XX:TieredStopAtLevel=1"));
            try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                long end = acknowledged + 1_500 + round * 137;
                for (String line; (line = out.readLine()) != null && acknowledged < end;) acknowledged = Long.parseLong(line);
                process.destroyForcibly().waitFor();
            }
            var engine = Play.engine();
            try (var market = MarketTest.open(folder, Disk.real(), 60_000, engine)) {
                long there = market.read(engine::sequence);
                assertTrue(there >= acknowledged, there + " of " + acknowledged + " acknowledged are there");
                assertEquals(Play.hash(SEED, there), market.read(() -> StateHash.of(engine)), "seed " + SEED + ", " + there + " commands");
            }
        }
        System.out.printf("kill -9: seed %d, %d kills, %d commands acknowledged, 0 lost, the state the same each time%n", SEED, KILLS, acknowledged);
        for (var options : List.of(List.of("-Xint", "-XX:+UseSerialGC"), List.of("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC", "-Duser.language=tr", "-Duser.timezone=Asia/Kathmandu"), List.<String>of())) {
            var process = java(Hasher.class, options);
            try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                var line = out.readLine().split(" ");
                assertEquals(Play.hash(SEED, Long.parseLong(line[0])).hex(), line[1], options.toString());
            }
            assertEquals(0, process.waitFor());
        }
    }

    /** Goes on with the play from where the journal is and prints how many commands are acknowledged. */
    public static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            var engine = Play.engine();
            var market = MarketTest.open(Path.of(args[0]), Disk.real(), 60_000, engine);
            var play = new Play(Long.parseLong(args[1]));
            long before = market.read(engine::sequence);
            var sink = java.nio.ByteBuffer.allocate(Commands.LONGEST);
            for (long i = 0; i < before; i++) play.next(sink.clear());
            for (long i = before + 1;; i++) {
                long number = i;
                market.submit(new Reply() {
                    @Override
                    public void done(Verdict verdict) {
                        System.out.println(number);
                    }

                    @Override
                    public void failed(CarboException reason) {
                        throw reason;
                    }
                }, play::next);
                // some groups of many, some of one
                if (i % 500 < 20) {
                    var last = new MarketTest.Answer();
                    market.submit(last, play::next);
                    last.now();
                    i++;
                }
            }
        }
    }

    /** Prints number of commands and hash of the state. */
    public static final class Hasher {
        private Hasher() {}

        public static void main(String[] args) throws Exception {
            var engine = Play.engine();
            try (var market = MarketTest.open(Path.of(args[0]), Disk.real(), 60_000, engine)) {
                System.out.println(market.read(engine::sequence) + " " + market.read(() -> StateHash.of(engine)));
            }
        }
    }
}
