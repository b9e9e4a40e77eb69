package org.carbomt.field.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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

    private record Batch(List<Entry> entries, long bytes, CompletableFuture<List<Appended>> done) {}

    /** A row accepted in the group that is not yet in the segment's keys. */
    private final SegmentedJournal journal;
    private final long queueBytes;
    private final ArrayDeque<Batch> queue = new ArrayDeque<>();
    private final Thread thread;
    private long queuedBytes;
    private boolean closed;

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

    private void write(List<Batch> group) {
        var segment = journal.active();
        var staged = new Staged(journal, segment);
        var results = new ArrayList<List<Appended>>();
        try {
            for (var batch : group) {
                var appended = new ArrayList<Appended>(batch.entries.size());
                for (var entry : batch.entries) appended.add(staged.add(entry));
                results.add(appended);
            }
            staged.commit();
            journal.published(segment.firstSequence + segment.index.count);
        } catch (IOException | RuntimeException e) {
            LOG.error("the journal could not write {} batches; their senders keep them", group.size(), e);
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
        private final List<Frame> frames = new ArrayList<>();
        private final RowKeys fresh = new RowKeys();
        private final ArrayList<long[]> freshRows = new ArrayList<>();
        private Hash chain;

        Staged(SegmentedJournal journal, SegmentFile segment) {
            this.journal = journal;
            this.segment = segment;
            this.chain = segment.chain;
        }

        Appended add(Entry entry) {
            var block = entry.block();
            int rows = block.rows();
            var seeds = RowKeys.channelSeeds(block);
            long device = RowKeys.device(entry.deviceId());
            var kept = new long[2 * rows];
            var keptRows = new int[rows];
            int stored = 0;
            int duplicates = 0;
            int conflicts = 0;
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (int r = 0; r < rows; r++) {
                long time = block.timesMillis()[r];
                long key = RowKeys.key(device, time);
                long digest = RowKeys.digest(block, seeds, r);
                long before = fresh.find(key);
                if (before == RowKeys.ABSENT) before = journal.stored(entry.deviceId(), time, key);
                if (before == RowKeys.ABSENT) {
                    fresh.put(key, digest);
                    kept[2 * stored] = key;
                    kept[2 * stored + 1] = digest;
                    keptRows[stored++] = r;
                    min = Math.min(min, time);
                    max = Math.max(max, time);
                } else if (before == digest) {
                    duplicates++;
                } else {
                    conflicts++;
                }
            }
            if (stored == 0) return new Appended(-1, 0, duplicates, conflicts);
            var bytes = EntryFormat.encode(stored == rows ? entry : Rows.only(entry, keptRows, stored));
            chain = Hash.sha256(chain.bytes(), MerkleTree.leaf(bytes).bytes());
            freshRows.add(stored == rows ? kept : java.util.Arrays.copyOf(kept, 2 * stored));
            frames.add(new Frame(entry.deviceId(), bytes, min, max));
            return new Appended(segment.firstSequence + segment.index.count + frames.size() - 1, stored, duplicates, conflicts);
        }

        void commit() throws IOException {
            if (frames.isEmpty()) return;
            int size = 0;
            for (var f : frames) size = Math.addExact(size, SegmentFile.FRAME + f.bytes.length);
            var out = ByteBuffer.allocate(size);
            for (var f : frames) out.putInt(f.bytes.length).putInt(SegmentFile.crc(f.bytes)).put(f.bytes);
            segment.file.write(out.flip(), segment.durableBytes);
            segment.file.force();
            long at = segment.durableBytes;
            for (int i = 0; i < frames.size(); i++) {
                var f = frames.get(i);
                var keys = freshRows.get(i);
                for (int k = 0; k < keys.length; k += 2) segment.rows.put(keys[k], keys[k + 1]);
                segment.index.add(f.device, at, f.bytes.length, f.min, f.max);
                at += SegmentFile.FRAME + f.bytes.length;
            }
            segment.chain = chain;
            segment.durableBytes = at;
        }
    }
}
