package org.carbomt.market.matching.engine;

import java.util.Arrays;

/** How many orders wait in the books, for each account and in all. */
final class OpenOrders {
    private int[] counts = new int[64];
    private long all;

    int of(int account) {
        return account < counts.length ? counts[account] : 0;
    }

    long all() {
        return all;
    }

    void more(int account) {
        if (account >= counts.length) counts = Arrays.copyOf(counts, Math.max(account + 1, counts.length * 2));
        counts[account]++;
        all++;
    }

    void less(int account) {
        counts[account]--;
        all--;
    }
}
