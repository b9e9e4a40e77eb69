package org.carbomt.field.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a process that writes: the counting is done here, from the acknowledgements that the process printed. */
class KillTest {
    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNothingOverTenKills() throws Exception {
        long acknowledged = -1;
        for (int round = 0; round < 10; round++) {
            var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Child.class.getName(), folder.toString(), "" + (acknowledged + 1)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                long end = Math.max(0, acknowledged) + 200 + round * 37;
                for (String line; (line = out.readLine()) != null;) {
                    acknowledged = Long.parseLong(line);
                    if (acknowledged >= end) break;
                }
                process.destroyForcibly().waitFor();
            }
        }
        try (var journal = new SegmentedJournal(folder, 20_000, 1 << 20)) {
            var times = new HashMap<Long, Integer>();
            journal.newest(1_000_000, e -> times.merge(e.entry().block().timesMillis()[0], 1, Integer::sum));
            for (long i = 0; i <= acknowledged; i++) assertEquals(1, times.getOrDefault(i, 0), "reading " + i + " of " + acknowledged);
            assertEquals(-1, journal.verify());
            assertTrue(acknowledged > 2_000);
        }
    }

    /** Appends readings from the given number on and prints each when it is acknowledged. */
    public static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            var journal = new SegmentedJournal(Path.of(args[0]), 20_000, 1 << 20);
            for (long i = Long.parseLong(args[1]);; i++) {
                journal.append(List.of(Readings.one("a", i, i))).get();
                System.out.println(i);
                System.out.flush();
            }
        }
    }
}
