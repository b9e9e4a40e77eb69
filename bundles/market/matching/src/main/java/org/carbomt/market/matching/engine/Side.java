package org.carbomt.market.matching.engine;

import java.util.Arrays;

/**
 * One side of a book: prices in an array with the best at its end, orders of a price in a queue through {@link Orders}. Prices are kept as ranks (the price
 * for bids, its negative for asks), so that more is better on both sides. Most come and go near the best price: little is moved.
 */
final class Side {
    private static final int STRIDE = 3;
    private static final int TOTAL = 0;
    private static final int ENDS = 1;
    private static final int COUNT = 2;
    private final Orders orders;
    private final boolean bids;
    private final int most;
    private long[] ranks = new long[64];
    private int[] levels = new int[64];
    private int size;
    private long[] cells = new long[64 * STRIDE];
    private int used;
    private int[] spare = new int[64];
    private int spares;

    /** @param most prices at the same time */
    Side(Orders orders, boolean bids, int most) {
        this.orders = orders;
        this.bids = bids;
        this.most = most;
    }

    long rank(long price) {
        return bids ? price : -price;
    }

    long price(long rank) {
        return bids ? rank : -rank;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Rank of the i-th best price, from 0. */
    long rankAt(int i) {
        return ranks[size - 1 - i];
    }

    /** Best price, 0 if none. */
    long best() {
        return size == 0 ? 0 : price(ranks[size - 1]);
    }

    int levelAt(int i) {
        return levels[size - 1 - i];
    }

    long total(int level) {
        return cells[level * STRIDE + TOTAL];
    }

    int count(int level) {
        return (int) cells[level * STRIDE + COUNT];
    }

    int first(int level) {
        return (int) (cells[level * STRIDE + ENDS] >> 32);
    }

    private int last(int level) {
        return (int) cells[level * STRIDE + ENDS];
    }

    private void ends(int level, int first, int last) {
        cells[level * STRIDE + ENDS] = (long) first << 32 | last & 0xffffffffL;
    }

    /** Puts the order last in the queue of its price. @return false when there are too many prices */
    boolean add(int order, int cover) {
        long rank = rank(orders.price(order));
        int at = search(rank);
        int level;
        if (at < size && ranks[at] == rank) {
            level = levels[at];
        } else {
            if (size == most) return false;
            level = insert(at, rank);
        }
        int last = last(level);
        orders.link(order, Orders.NONE, last);
        orders.place(order, level, cover);
        if (last == Orders.NONE) {
            ends(level, order, order);
        } else {
            orders.link(last, order, orders.previous(last));
            ends(level, first(level), order);
        }
        cells[level * STRIDE + TOTAL] += orders.open(order);
        cells[level * STRIDE + COUNT]++;
        return true;
    }

    /** The order has so many tonnes less. */
    void less(int order, long tonnes) {
        cells[orders.level(order) * STRIDE + TOTAL] -= tonnes;
    }

    /** Takes the order out. What is open of it is taken off the price's total. */
    void remove(int order) {
        int level = orders.level(order);
        int next = orders.next(order);
        int previous = orders.previous(order);
        cells[level * STRIDE + TOTAL] -= orders.open(order);
        if (next == Orders.NONE && previous == Orders.NONE) {
            drop(rank(orders.price(order)));
            return;
        }
        cells[level * STRIDE + COUNT]--;
        if (previous == Orders.NONE) {
            ends(level, next, last(level));
        } else {
            orders.link(previous, next, orders.previous(previous));
        }
        if (next == Orders.NONE) {
            ends(level, first(level), previous);
        } else {
            orders.link(next, orders.next(next), previous);
        }
    }

    /** Where the rank stands or would stand; from the best price on, since that is where it is used. */
    private int search(long rank) {
        for (int i = size - 1, end = Math.max(0, size - 8); i >= end; i--) {
            if (ranks[i] < rank) return i + 1;
            if (ranks[i] == rank) return i;
        }
        int low = 0;
        int high = Math.max(0, size - 8);
        while (low < high) {
            int middle = low + high >>> 1;
            if (ranks[middle] < rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int insert(int at, long rank) {
        if (size == ranks.length) {
            ranks = Arrays.copyOf(ranks, size * 2);
            levels = Arrays.copyOf(levels, size * 2);
        }
        System.arraycopy(ranks, at, ranks, at + 1, size - at);
        System.arraycopy(levels, at, levels, at + 1, size - at);
        size++;
        int level = spares > 0 ? spare[--spares] : used++;
        if (used * STRIDE > cells.length) cells = Arrays.copyOf(cells, cells.length * 2);
        cells[level * STRIDE + TOTAL] = 0;
        cells[level * STRIDE + COUNT] = 0;
        ends(level, Orders.NONE, Orders.NONE);
        ranks[at] = rank;
        levels[at] = level;
        return level;
    }

    private void drop(long rank) {
        int at = search(rank);
        if (spares == spare.length) spare = Arrays.copyOf(spare, spares * 2);
        spare[spares++] = levels[at];
        size--;
        System.arraycopy(ranks, at + 1, ranks, at, size - at);
        System.arraycopy(levels, at + 1, levels, at, size - at);
    }

    /** All open orders, best price first, in the order of their queues. */
    void write(StateSink out) {
        long n = 0;
        for (int i = 0; i < size; i++) n += count(levels[i]);
        out.put(n);
        for (int i = 0; i < size; i++) {
            for (int o = first(levelAt(i)); o != Orders.NONE; o = orders.next(o)) orders.write(o, out);
        }
    }
}
