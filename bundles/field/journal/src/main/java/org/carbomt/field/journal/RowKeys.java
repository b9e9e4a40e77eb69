package org.carbomt.field.journal;

import java.nio.LongBuffer;
import org.carbomt.api.reading.ReadingBlock;

/**
 * Which rows are stored: a 64-bit key of device and time to a 64-bit digest of the values, by open addressing. Two rows that differ pass for the same only when
 * both hashes agree (2^-128); when only the key agrees by chance the row is reported as a conflict, which keeps it in quarantine: nothing is lost silently.
 * Not thread safe.
 */
final class RowKeys {
    static final long ABSENT = 0;
    /** Pairs of key and digest. A key's place follows from its highest bits, so that the table lies nearly in the order of the keys. */
    private long[] pairs = new long[2 * 2048];
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

    private int place(long key) {
        return (int) (key >>> Long.numberOfLeadingZeros(pairs.length / 2 - 1)) * 2;
    }

    /** The digest stored under that key, or ABSENT. */
    long find(long key) {
        for (int i = place(key);; i = i + 2 & pairs.length - 1) {
            if (pairs[i] == key) return pairs[i + 1];
            if (pairs[i] == 0) return ABSENT;
        }
    }

    void put(long key, long digest) {
        if (size * 6L >= pairs.length * 2L) grow();
        int i = place(key);
        while (pairs[i] != 0 && pairs[i] != key) i = i + 2 & pairs.length - 1;
        if (pairs[i] == 0) size++;
        pairs[i] = key;
        pairs[i + 1] = digest;
    }

    private void grow() {
        var old = pairs;
        pairs = new long[Math.multiplyExact(old.length, 2)];
        size = 0;
        for (int i = 0; i < old.length; i += 2) if (old[i] != 0) put(old[i], old[i + 1]);
    }

    int size() {
        return size;
    }

    /** Writes the pairs, sorted by key as unsigned numbers, from the buffer's beginning on. */
    void sorted(LongBuffer out) {
        int n = 0;
        // keys that found no place at the end went on at the beginning: begin behind the first gap, and take those in between by their place
        int gap = 0;
        while (pairs[gap] != 0) gap += 2;
        for (int i = 0; i < gap; i += 2) if (place(pairs[i]) <= gap) n = insert(out, n, i);
        for (int i = gap; i < pairs.length; i += 2) if (pairs[i] != 0) n = insert(out, n, i);
        for (int i = 0; i < gap; i += 2) if (place(pairs[i]) > gap) n = insert(out, n, i);
    }

    /** Into its place among the sorted ones before, which is never far. */
    private int insert(LongBuffer out, int n, int from) {
        long key = pairs[from];
        int to = n;
        for (; to > 0 && Long.compareUnsigned(out.get(to - 2), key) > 0; to -= 2) out.put(to, out.get(to - 2)).put(to + 1, out.get(to - 1));
        out.put(to, key).put(to + 1, pairs[from + 1]);
        return n + 2;
    }
}
