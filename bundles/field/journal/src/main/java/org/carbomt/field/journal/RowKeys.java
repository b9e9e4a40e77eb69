package org.carbomt.field.journal;

import java.util.Arrays;
import org.carbomt.api.reading.ReadingBlock;

/**
 * Which rows are stored: a 64-bit key of device and time to a 64-bit digest of the values, by open addressing. Two rows that differ pass for the same only when
 * both hashes agree (2^-128); when only the key agrees by chance the row is reported as a conflict, which keeps it in quarantine: nothing is lost silently.
 * Not thread safe.
 */
final class RowKeys {
    static final long ABSENT = 0;
    private long[] keys = new long[2048];
    private long[] digests = new long[2048];
    private int size;

    /** Hash of a device's id: the seed of its row keys. */
    static long device(String id) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) h = (h ^ id.charAt(i)) * 0x100000001b3L;
        return mix(h);
    }

    static long key(long device, long timeMillis) {
        long k = mix(device ^ mix(timeMillis + 0x9e3779b97f4a7c15L));
        return k == 0 ? 1 : k;
    }

    /** Digest of a row's values, independent of the order of channels; absent values do not count. */
    static long digest(ReadingBlock block, long[] channelSeeds, int row) {
        long d = 0;
        for (int c = 0; c < channelSeeds.length; c++) {
            double v = block.values()[c][row];
            if (!Double.isNaN(v)) d += mix(channelSeeds[c] ^ Double.doubleToLongBits(v == 0 ? 0.0 : v) * 0x9e3779b97f4a7c15L);
        }
        return d == ABSENT ? 1 : d;
    }

    static long[] channelSeeds(ReadingBlock block) {
        return block.channels().stream().mapToLong(c -> mix(device(c.name()) + 31)).toArray();
    }

    private static long mix(long z) {
        z = (z ^ z >>> 33) * 0xff51afd7ed558ccdL;
        z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
        return z ^ z >>> 33;
    }

    /** The digest stored under that key, or ABSENT. */
    long find(long key) {
        int mask = keys.length - 1;
        for (int i = (int) key & mask;; i = i + 1 & mask) {
            if (keys[i] == key) return digests[i];
            if (keys[i] == 0) return ABSENT;
        }
    }

    void put(long key, long digest) {
        if (size * 3L >= keys.length * 2L) grow();
        int mask = keys.length - 1;
        int i = (int) key & mask;
        while (keys[i] != 0 && keys[i] != key) i = i + 1 & mask;
        if (keys[i] == 0) size++;
        keys[i] = key;
        digests[i] = digest;
    }

    private void grow() {
        var oldKeys = keys;
        var oldDigests = digests;
        keys = new long[oldKeys.length * 2];
        digests = new long[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) if (oldKeys[i] != 0) put(oldKeys[i], oldDigests[i]);
    }

    int size() {
        return size;
    }

    /** Pairs of key and digest, sorted by key as unsigned numbers. */
    long[] sorted() {
        var order = new long[size];
        int n = 0;
        for (long k : keys) if (k != 0) order[n++] = k ^ Long.MIN_VALUE;
        Arrays.sort(order);
        var out = new long[2 * size];
        for (int i = 0; i < size; i++) {
            out[2 * i] = order[i] ^ Long.MIN_VALUE;
            out[2 * i + 1] = find(out[2 * i]);
        }
        return out;
    }
}
