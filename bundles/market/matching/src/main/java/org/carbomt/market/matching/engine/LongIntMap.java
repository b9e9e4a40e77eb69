package org.carbomt.market.matching.engine;

/** A map from non-zero longs to slots, open addressing with linear probing; key and value lie side by side. Not thread safe. */
final class LongIntMap {
    static final int ABSENT = -1;
    private long[] cells;
    private int mask;
    private int size;

    LongIntMap(int capacity) {
        int n = Integer.highestOneBit(Math.max(16, capacity * 2 - 1)) << 1;
        cells = new long[n * 2];
        mask = n - 1;
    }

    private static int mix(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 32 ^ h >>> 47);
    }

    int get(long key) {
        for (int i = mix(key) & mask;; i = i + 1 & mask) {
            long k = cells[2 * i];
            if (k == key) return (int) cells[2 * i + 1];
            if (k == 0) return ABSENT;
        }
    }

    void put(long key, int value) {
        if (key == 0) throw new IllegalArgumentException("key: 0, expected another");
        if (size * 2 > mask) grow();
        int i = mix(key) & mask;
        while (cells[2 * i] != 0 && cells[2 * i] != key) i = i + 1 & mask;
        if (cells[2 * i] == 0) size++;
        cells[2 * i] = key;
        cells[2 * i + 1] = value;
    }

    /** Removes the key, if it is there, and moves those up that were displaced by it. */
    void remove(long key) {
        int i = mix(key) & mask;
        while (cells[2 * i] != key) {
            if (cells[2 * i] == 0) return;
            i = i + 1 & mask;
        }
        size--;
        for (int j = i;;) {
            j = j + 1 & mask;
            long k = cells[2 * j];
            if (k == 0) break;
            int home = mix(k) & mask;
            if ((j - home & mask) < (j - i & mask)) continue;
            cells[2 * i] = k;
            cells[2 * i + 1] = cells[2 * j + 1];
            i = j;
        }
        cells[2 * i] = 0;
    }

    int size() {
        return size;
    }

    private void grow() {
        var old = cells;
        cells = new long[old.length * 2];
        mask = mask * 2 + 1;
        size = 0;
        for (int i = 0; i < old.length; i += 2) if (old[i] != 0) put(old[i], (int) old[i + 1]);
    }
}
