package org.carbomt.field.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.journal.Appended;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.EntryFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes all batches that wait, encodes and writes them, forces once, then completes their futures in order: group commit. When the
 * disk refuses, the file is cut back to what is durable and the batches fail; the next ones are tried again.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int GROUP_BYTES = 8 << 20;
    private static final int PIECE_BYTES = 256 << 10;

    private record Batch(List<Entry> entries, long bytes, CompletableFuture<List<Appended>> done) {}

    private final SegmentedJournal journal;
    private final long queueBytes;
    private final ArrayDeque<Batch> queue = new ArrayDeque<>();
    /** Frames on their way to the disk: a piece at a time, since a channel copies whatever lies in the heap. */
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    private final Thread thread;
    private long queuedBytes;
    private boolean closed;
    private volatile long groups;
    private volatile long nanos;
    private volatile long failures;
    private volatile String failure = "";

    Writer(SegmentedJournal journal, long queueBytes) {
        this.journal = journal;
        this.queueBytes = queueBytes;
        thread = new Thread(this::run, "carbomt-journal-writer");
        thread.start();
    }

    CompletableFuture<List<Appended>> enqueue(List<Entry> entries) {
        long bytes = 0;
        for (var e : entries) bytes += 200L + e.payload().length + 8L * e.block().rows() * (1 + e.block().channels().size());
        var batch = new Batch(entries, bytes, new CompletableFuture<>());
        synchronized (queue) {
            if (closed) return CompletableFuture.failedFuture(SegmentedJournal.unavailable("closed", null));
            if (queuedBytes + bytes > queueBytes && !queue.isEmpty()) return CompletableFuture.failedFuture(SegmentedJournal.unavailable("its queue of " + queueBytes + " bytes is full", null));
            queue.add(batch);
            queuedBytes += bytes;
            queue.notifyAll();
        }
        return batch.done;
    }

    private void run() {
        while (true) {
            var group = take();
            if (group.isEmpty()) return;
            write(group);
        }
    }

    private List<Batch> take() {
        synchronized (queue) {
            while (queue.isEmpty() && !closed) {
                try {
                    queue.wait();
                } catch (InterruptedException e) {
                    closed = true;
                }
            }
            var group = new ArrayList<Batch>();
            long bytes = 0;
            while (!queue.isEmpty() && bytes < GROUP_BYTES) {
                var batch = queue.poll();
                bytes += batch.bytes;
                queuedBytes -= batch.bytes;
                group.add(batch);
            }
            return group;
        }
    }

    /** @param groups written and forced. @param nanos that took. @param failures groups the disk refused. @param failure why the newest one failed, empty when it did not */
    record Figures(long groups, long nanos, long failures, String failure, long queuedBytes) {}

    Figures figures() {
        synchronized (queue) {
            return new Figures(groups, nanos, failures, failure, queuedBytes);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // this thread alone writes them
    private void write(List<Batch> group) {
        long start = System.nanoTime();
        var segment = journal.active();
        var staged = new Staged(journal, segment, piece);
        var results = new ArrayList<List<Appended>>();
        try {
            for (var batch : group) {
                var appended = new ArrayList<Appended>(batch.entries.size());
                for (var entry : batch.entries) appended.add(staged.add(entry));
                results.add(appended);
            }
            staged.commit();
            journal.published(segment.firstSequence + segment.index.count());
            groups++;
            nanos += System.nanoTime() - start;
            failure = "";
        } catch (IOException | RuntimeException e) {
            LOG.error("the journal could not write {} batches; their senders keep them", group.size(), e);
            failures++;
            failure = String.valueOf(e.getMessage());
            cutBack(segment);
            for (var batch : group) batch.done.completeExceptionally(SegmentedJournal.unavailable(String.valueOf(e.getMessage()), e));
            return;
        }
        for (int i = 0; i < group.size(); i++) group.get(i).done.complete(results.get(i));
        try {
            journal.roll();
        } catch (IOException e) {
            LOG.error("the journal could not begin a new segment; the present one grows on", e);
        }
    }

    private static void cutBack(SegmentFile segment) {
        try {
            segment.file.truncate(segment.durableBytes);
        } catch (IOException e) {
            LOG.error("what was written beyond the durable end stays until the next write over it", e);
        }
    }

    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.notifyAll();
        }
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Entries of one group: encoded, chained, and only after the force made part of the segment. */
    private static final class Staged {
        private record Frame(String device, byte[] bytes, long min, long max) {}

        private final SegmentedJournal journal;
        private final SegmentFile segment;
        private final ByteBuffer piece;
        private final List<Frame> frames = new ArrayList<>();
        /** Keys and digests of the rows of each frame. */
        private final List<long[]> freshRows = new ArrayList<>();
        private final Map<String, Long> latest = new HashMap<>();
        /** The same rows to be searched; made when a row may be among them. */
        private RowKeys fresh;
        private Hash chain;

        Staged(SegmentedJournal journal, SegmentFile segment, ByteBuffer piece) {
            this.journal = journal;
            this.segment = segment;
            this.piece = piece;
            this.chain = segment.chain;
        }

        Appended add(Entry entry) {
            var times = entry.block().timesMillis();
            if (times.length == 0) return new Appended(-1, 0, 0, 0);
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            boolean rising = true;
            for (long time : times) {
                if (time <= max) rising = false;
                if (time > max) max = time;
                if (time < min) min = time;
            }
            long before = Math.max(journal.latest(entry.deviceId()), latest.getOrDefault(entry.deviceId(), Long.MIN_VALUE));
            return rising && min > before ? keep(entry, rows(entry), min, max) : sift(entry, min, max);
        }

        /** Key and digest of every row. */
        private static long[] rows(Entry entry) {
            var block = entry.block();
            var seeds = RowKeys.channelSeeds(block);
            long device = RowKeys.device(entry.deviceId());
            var rows = new long[2 * block.rows()];
            for (int r = 0; r < block.rows(); r++) {
                rows[2 * r] = RowKeys.key(device, block.timesMillis()[r]);
                rows[2 * r + 1] = RowKeys.digest(block, seeds, r);
            }
            return rows;
        }

        /** Takes the entry whole. */
        private Appended keep(Entry entry, long[] rows, long min, long max) {
            var bytes = EntryFormat.encode(entry);
            chain = Hash.sha256(chain.bytes(), MerkleTree.leaf(bytes).bytes());
            frames.add(new Frame(entry.deviceId(), bytes, min, max));
            freshRows.add(rows);
            latest.merge(entry.deviceId(), max, Math::max);
            if (fresh != null) remember(rows);
            return new Appended(segment.firstSequence + segment.index.count() + frames.size() - 1, rows.length / 2, 0, 0);
        }

        private void remember(long[] rows) {
            for (int i = 0; i < rows.length; i += 2) fresh.put(rows[i], rows[i + 1]);
        }

        /** Takes the rows that are new. */
        private Appended sift(Entry entry, long min, long max) {
            if (fresh == null) {
                fresh = new RowKeys();
                freshRows.forEach(this::remember);
            }
            var candidates = journal.holding(entry.deviceId(), min, max);
            var rows = rows(entry);
            var times = entry.block().timesMillis();
            var kept = new int[times.length];
            int stored = 0;
            int duplicates = 0;
            int conflicts = 0;
            for (int r = 0; r < times.length; r++) {
                long key = rows[2 * r];
                long digest = rows[2 * r + 1];
                long before = stored(candidates, key);
                if (before == RowKeys.ABSENT) {
                    fresh.put(key, digest);
                    kept[stored++] = r;
                } else if (before == digest) {
                    duplicates++;
                } else {
                    conflicts++;
                }
            }
            if (stored == 0) return new Appended(-1, 0, duplicates, conflicts);
            if (stored == times.length) return keep(entry, rows, min, max);
            var keptRows = new long[2 * stored];
            long from = Long.MAX_VALUE;
            long to = Long.MIN_VALUE;
            for (int i = 0; i < stored; i++) {
                keptRows[2 * i] = rows[2 * kept[i]];
                keptRows[2 * i + 1] = rows[2 * kept[i] + 1];
                from = Math.min(from, times[kept[i]]);
                to = Math.max(to, times[kept[i]]);
            }
            var appended = keep(Rows.only(entry, kept, stored), keptRows, from, to);
            return new Appended(appended.sequence(), stored, duplicates, conflicts);
        }

        private long stored(List<SegmentFile> candidates, long key) {
            long found = fresh.find(key);
            for (int i = 0; found == RowKeys.ABSENT && i < candidates.size(); i++) found = candidates.get(i).stored(key);
            return found;
        }

        void commit() throws IOException {
            if (frames.isEmpty()) return;
            write();
            segment.file.force();
            long at = segment.durableBytes;
            for (int i = 0; i < frames.size(); i++) {
                var f = frames.get(i);
                var rows = freshRows.get(i);
                for (int k = 0; k < rows.length; k += 2) segment.rows.put(rows[k], rows[k + 1]);
                segment.add(f.device, at, f.bytes.length, f.min, f.max);
                at += SegmentFile.FRAME + f.bytes.length;
            }
            latest.forEach(journal::heard);
            segment.chain = chain;
            segment.durableBytes = at;
        }

        private void write() throws IOException {
            long at = segment.durableBytes;
            piece.clear();
            for (var f : frames) {
                if (piece.remaining() < SegmentFile.FRAME) at = flush(at);
                piece.putInt(f.bytes.length).putInt(SegmentFile.crc(f.bytes));
                for (int from = 0; from < f.bytes.length;) {
                    if (!piece.hasRemaining()) at = flush(at);
                    int length = Math.min(piece.remaining(), f.bytes.length - from);
                    piece.put(f.bytes, from, length);
                    from += length;
                }
            }
            flush(at);
        }

        private long flush(long at) throws IOException {
            int length = piece.flip().remaining();
            segment.file.write(piece, at);
            piece.clear();
            return at + length;
        }
    }
}
