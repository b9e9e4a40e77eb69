package org.carbomt.field.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.carbomt.api.journal.Entry;

/** Prints durable append rates. Run by benchmarks/ingest. */
public final class JournalRates {
    private JournalRates() {}

    public static void main(String[] args) throws Exception {
        for (int warm = 0; warm < 2; warm++) {
            run("journal append-1000-row-entries", 2_000, 1_000, 8);
            run("journal append-1-row-entries", 300_000, 1, 64);
        }
        var folder = Files.createTempDirectory("journal-year");
        try (var journal = new SegmentedJournal(folder, 16 << 20, 64 << 20)) {
            for (int i = 0; i < 525_600; i += 600) {
                var batch = new ArrayList<Entry>();
                for (int j = i; j < i + 600; j++) batch.add(Readings.one("a", j * 60_000L, j % 100));
                journal.append(batch).get();
            }
            for (int i = 0; i < 3; i++) {
                long t0 = System.nanoTime();
                journal.downsample("a", "co2", Instant.EPOCH, Instant.ofEpochMilli(525_600 * 60_000L), 1000);
                System.out.printf("journal downsample-a-year-of-minutes %.0f ms%n", (System.nanoTime() - t0) / 1e6);
            }
        }
        long t0 = System.nanoTime();
        new SegmentedJournal(folder, 16 << 20, 64 << 20).close();
        System.out.printf("journal reopen %.0f ms%n", (System.nanoTime() - t0) / 1e6);
    }

    private static void run(String name, int entries, int rows, int perBatch) throws Exception {
        Path folder = Files.createTempDirectory("journal-rates");
        try (var journal = new SegmentedJournal(folder, 16 << 20, 256 << 20)) {
            var batches = new ArrayList<List<Entry>>();
            for (int i = 0; i < entries; i += perBatch) {
                var batch = new ArrayList<Entry>();
                for (int j = i; j < i + perBatch; j++) batch.add(Readings.rows("d" + j % 100, 1_000_000L * (j / 100) * rows, rows));
                batches.add(batch);
            }
            long t0 = System.nanoTime();
            var pending = new ArrayList<CompletableFuture<?>>();
            for (var b : batches) {
                pending.add(journal.append(b));
                if (pending.size() >= 64) {
                    pending.get(0).get();
                    pending.remove(0);
                }
            }
            for (var p : pending) p.get();
            System.out.printf("%s %.0f rows/s%n", name, (double) entries * rows / ((System.nanoTime() - t0) / 1e9));
        }
    }
}
