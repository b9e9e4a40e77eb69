package org.carbomt.field.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.journal.Appended;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.EntryFormat;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.Segment;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.reading.ReadingBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal in a folder. Plain Java; closed by its owner. Any thread. */
public final class SegmentedJournal implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentedJournal.class);
    private static final Hash GENESIS = Hash.parse("00".repeat(32));
    private static final long READ_BYTES = 4 << 20;
    private final Path folder;
    private final Disk disk;
    private final long segmentBytes;
    private final CopyOnWriteArrayList<SegmentFile> segments = new CopyOnWriteArrayList<>();
    private final Set<Following> followers = ConcurrentHashMap.newKeySet();
    private final Object durable = new Object();
    private final Map<String, Long> latest = new HashMap<>();
    private final Writer writer;
    private volatile long next;

    public SegmentedJournal(Path folder, long segmentBytes, long queueBytes) throws IOException {
        this(folder, Disk.real(), segmentBytes, queueBytes);
    }

    SegmentedJournal(Path folder, Disk disk, long segmentBytes, long queueBytes) throws IOException {
        this.folder = folder;
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        Files.createDirectories(folder);
        recover();
        writer = new Writer(this, queueBytes);
    }

    private void recover() throws IOException {
        int count = 0;
        while (Files.exists(SegmentFile.path(folder, count))) count++;
        var chain = GENESIS;
        for (int n = 0; n < count; n++) {
            boolean last = n == count - 1;
            var segment = SegmentFile.open(disk, folder, n);
            if (segment == null) {
                if (!last) throw SegmentFile.damaged(SegmentFile.path(folder, n), 0);
                segment = SegmentFile.create(disk, folder, n, next, chain);
            }
            if (segment.firstSequence != next || !segment.previous.equals(chain)) throw SegmentFile.damaged(segment.path, 0);
            var side = last ? null : SideFile.read(segment);
            if (side == null) {
                segment.scan(last);
                if (!last) side = SideFile.write(segment);
            }
            if (side != null) segment.seal(side);
            segments.add(segment);
            segment.index.devices().forEach((device, span) -> heard(device, span.max));
            next = segment.firstSequence + segment.index.count();
            chain = segment.chain;
        }
        if (segments.isEmpty()) segments.add(SegmentFile.create(disk, folder, 0, 0, GENESIS));
    }

    SegmentFile active() {
        return segments.get(segments.size() - 1);
    }

    /** Rows of the device are durable up to that time. Called by the writer only, as the next two are. */
    void heard(String device, long time) {
        latest.merge(device, time, Math::max);
    }

    /** The latest measuring time stored of the device; whatever is later is new. */
    long latest(String device) {
        return latest.getOrDefault(device, Long.MIN_VALUE);
    }

    /** The segments that may hold rows of the device measured in [from, to], newest first. */
    List<SegmentFile> holding(String device, long from, long to) {
        var out = new ArrayList<SegmentFile>();
        for (int i = segments.size() - 1; i >= 0; i--) {
            var span = segments.get(i).index.devices().get(device);
            if (span != null && span.meets(from, to)) out.add(segments.get(i));
        }
        return out;
    }

    /** Seals the active segment when it is full; called by the writer after its entries are durable. */
    void roll() throws IOException {
        var full = active();
        if (full.durableBytes < segmentBytes || full.index.count() == 0) return;
        var fresh = SegmentFile.create(disk, folder, full.number + 1, full.firstSequence + full.index.count(), full.chain);
        var side = SideFile.write(full);
        segments.add(fresh);
        full.seal(side);
    }

    /** Entries up to this sequence are durable from now on. */
    void published(long nextSequence) {
        synchronized (durable) {
            next = nextSequence;
            durable.notifyAll();
        }
    }

    /** Room on the disk; NaN when it does not tell. */
    double freeBytes() {
        long free = folder.toFile().getUsableSpace();
        return free == 0 && !Files.isDirectory(folder) ? Double.NaN : free;
    }

    Writer.Figures figures() {
        return writer.figures();
    }

    @Override
    public CompletableFuture<List<Appended>> append(List<Entry> entries) {
        return writer.enqueue(entries);
    }

    @Override
    public long nextSequence() {
        return next;
    }

    @Override
    public List<StoredEntry> read(long fromSequence, int limit) {
        var out = new ArrayList<StoredEntry>();
        long end = Math.min(next, fromSequence + limit);
        long bytes = 0;
        for (var segment : segments) {
            if (segment.firstSequence >= end) break;
            long first = Math.max(fromSequence, segment.firstSequence);
            long last = Math.min(end, segment.firstSequence + segment.index.count());
            for (long s = first; s < last; s++) {
                int i = (int) (s - segment.firstSequence);
                bytes += segment.index.length(i);
                if (bytes > READ_BYTES && !out.isEmpty()) return out;
                out.add(entry(segment, i));
            }
        }
        return out;
    }

    private static StoredEntry entry(SegmentFile segment, int i) {
        var bytes = segment.entry(i);
        return new StoredEntry(segment.firstSequence + i, bytes, MerkleTree.leaf(bytes), EntryFormat.decode(bytes));
    }

    @Override
    public List<StoredEntry> entries(String deviceId, Instant from, Instant to) {
        var out = new ArrayList<StoredEntry>();
        long start = from.toEpochMilli();
        long end = to.toEpochMilli();
        scan(deviceId, start, end, (segment, i) -> {
            var stored = entry(segment, i);
            for (long t : stored.entry().block().timesMillis()) {
                if (t >= start && t < end) {
                    out.add(stored);
                    break;
                }
            }
        });
        return out;
    }

    private interface Visitor {
        void visit(SegmentFile segment, int entry);
    }

    private void scan(String deviceId, long from, long to, Visitor visitor) {
        long end = next;
        for (var segment : segments) {
            var index = segment.index;
            var span = index.devices().get(deviceId);
            if (span == null || !span.meets(from, to - 1)) continue;
            int count = (int) Math.min(index.count(), end - segment.firstSequence);
            for (int i = 0; i < count; i++) {
                if (index.device(i) == span.number && index.max(i) >= from && index.min(i) < to) visitor.visit(segment, i);
            }
        }
    }

    @Override
    public ReadingBlock readings(String deviceId, Instant from, Instant to) {
        var rows = new Rows(from.toEpochMilli(), to.toEpochMilli());
        scan(deviceId, rows.from, rows.to, (segment, i) -> rows.add(EntryFormat.decode(segment.entry(i)).block()));
        return rows.block();
    }

    @Override
    public List<Bucket> downsample(String deviceId, String channel, Instant from, Instant to, int buckets) {
        var sums = new Buckets(from.toEpochMilli(), to.toEpochMilli(), buckets);
        scan(deviceId, sums.from, sums.to, (segment, i) -> sums.add(segment.entry(i), channel));
        return sums.list();
    }

    @Override
    public AutoCloseable follow(long fromSequence, Follower follower) {
        var following = new Following(this, fromSequence, follower);
        followers.add(following);
        following.start();
        return () -> {
            followers.remove(following);
            following.close();
        };
    }

    /** Waits until there are entries beyond that sequence, or the time is over. */
    void awaitBeyond(long sequence, long millis) throws InterruptedException {
        synchronized (durable) {
            if (next <= sequence) durable.wait(millis);
        }
    }

    @Override
    public List<Segment> segments() {
        return segments.stream().map(s -> new Segment(s.number, s.firstSequence, s.index.count(), s.durableBytes, s.previous, s.chain, s.sealed, s.index.min(), s.index.max())).toList();
    }

    @Override
    public long verify() {
        var chain = GENESIS;
        long end = next;
        for (var segment : segments) {
            if (!segment.previous.equals(chain)) return segment.firstSequence;
            for (int i = 0; i < segment.index.count() && segment.firstSequence + i < end; i++) {
                try {
                    chain = Hash.sha256(chain.bytes(), MerkleTree.leaf(segment.entry(i)).bytes());
                } catch (CarboException e) {
                    LOG.error("journal: {}", e.getMessage());
                    return segment.firstSequence + i;
                }
            }
            if (segment.sealed && !chain.equals(segment.chain)) return segment.firstSequence;
        }
        return -1;
    }

    @Override
    public void close() {
        writer.close();
        followers.forEach(Following::close);
        for (var segment : segments) {
            try {
                segment.close();
            } catch (IOException e) {
                LOG.warn("segment {} did not close: {}", segment.number, e.getMessage());
            }
        }
    }

    static CarboException.Unavailable unavailable(String what, Exception cause) {
        return new CarboException.Unavailable(new Problem("journal.unavailable", "journal", what, "room on the disk and a journal that is open; try again"), cause);
    }
}
