package org.carbomt.api.journal;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.carbomt.api.reading.ReadingBlock;
import org.osgi.annotation.versioning.ProviderType;

/** The append-only, hash-chained journal of readings. Thread safe. */
@ProviderType
public interface Journal {
    /**
     * Appends. Completes when the entries are on disk and forced (together with their neighbours in time), in the order given. A row whose
     * device and time are stored already is a duplicate (same values) or a conflict (other values) and is not stored again, before or after
     * a restart. Completes exceptionally only when nothing of the batch can be promised (disk full, closed).
     */
    CompletableFuture<List<Appended>> append(List<Entry> entries);

    /** The sequence the next entry will get: the number of durable entries. */
    long nextSequence();

    /** Durable entries from that sequence on: one at least where there is one, at most limit, and no more than fit into memory lightly (some 4 MB). */
    List<StoredEntry> read(long fromSequence, int limit);

    /** Hands over the newest durable entries, at most that many, oldest first. */
    default void newest(int limit, Consumer<StoredEntry> taker) {
        long end = nextSequence();
        for (long from = Math.max(0, end - limit); from < end;) {
            var entries = read(from, (int) (end - from));
            entries.forEach(taker);
            from += entries.size();
        }
    }

    /** The entries with at least one row of the device measured in [from, to), in order of sequence. */
    List<StoredEntry> entries(String deviceId, Instant from, Instant to);

    /** Rows of the device measured in [from, to), sorted by time, all channels it had in that span. */
    ReadingBlock readings(String deviceId, Instant from, Instant to);

    /**
     * One channel down-sampled into buckets of equal width; a bucket without readings has count 0 and NaN values.
     *
     * @param buckets 1 to 10,000
     */
    List<Bucket> downsample(String deviceId, String channel, Instant from, Instant to, int buckets);

    /**
     * Follows the journal: the listener gets every durable entry from that sequence on, in order, each at least once, on a thread of its
     * own. A listener that throws is called again with the same entries after a pause.
     */
    AutoCloseable follow(long fromSequence, Follower follower);

    List<Segment> segments();

    /** Recomputes the chain from the files. @return the sequence of the first entry that does not fit, or -1 when all is well */
    long verify();

    /** Gets durable entries in order. */
    @FunctionalInterface
    interface Follower {
        void entries(List<StoredEntry> entries) throws Exception;
    }

    /** @param start of the bucket; min, max and mean over its readings */
    record Bucket(Instant start, int count, double min, double max, double mean) {}
}
