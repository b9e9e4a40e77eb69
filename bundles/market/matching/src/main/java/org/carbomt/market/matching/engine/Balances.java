package org.carbomt.market.matching.engine;

import java.util.Arrays;

/**
 * What each account has of each asset: free, reserved (escrow of open orders), outgoing and incoming (traded, not yet settled). Asset 0 is cash, asset
 * i + 1 the credits of instrument i. Free, reserved and outgoing of all accounts together are what was brought in and not taken out.
 */
final class Balances {
    private static final int STRIDE = 4;
    private final LongIntMap slots = new LongIntMap(1024);
    private long[] cells = new long[1024 * STRIDE];
    private long[] keys = new long[1024];
    private long[] supply = new long[16];
    private int count;

    private static long key(int asset, int account) {
        return ((long) asset << 32 | account) + 1;
    }

    /** The slot of that account and asset; it never moves. */
    int slot(int asset, int account) {
        int slot = slots.get(key(asset, account));
        return slot == LongIntMap.ABSENT ? add(asset, account) : slot;
    }

    private int add(int asset, int account) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            cells = Arrays.copyOf(cells, count * 2 * STRIDE);
        }
        if (asset >= supply.length) supply = Arrays.copyOf(supply, Math.max(asset + 1, supply.length * 2));
        keys[count] = key(asset, account);
        slots.put(keys[count], count);
        return count++;
    }

    long free(int slot) {
        return cells[slot * STRIDE];
    }

    long reserved(int slot) {
        return cells[slot * STRIDE + 1];
    }

    long outgoing(int slot) {
        return cells[slot * STRIDE + 2];
    }

    long incoming(int slot) {
        return cells[slot * STRIDE + 3];
    }

    int account(int slot) {
        return (int) (keys[slot] - 1);
    }

    int asset(int slot) {
        return (int) (keys[slot] - 1 >>> 32);
    }

    /** Free, reserved and outgoing of all accounts: brought in and not taken out. */
    long supply(int asset) {
        return asset < supply.length ? supply[asset] : 0;
    }

    int count() {
        return count;
    }

    /** @return false when all there is of the asset would not fit 63 bits */
    boolean deposit(int slot, long amount) {
        int asset = asset(slot);
        if (supply[asset] + amount < 0) return false;
        supply[asset] += amount;
        cells[slot * STRIDE] += amount;
        return true;
    }

    boolean withdraw(int slot, long amount) {
        if (free(slot) < amount) return false;
        supply[asset(slot)] -= amount;
        cells[slot * STRIDE] -= amount;
        return true;
    }

    boolean reserve(int slot, long amount) {
        if (free(slot) < amount) return false;
        cells[slot * STRIDE] -= amount;
        cells[slot * STRIDE + 1] += amount;
        return true;
    }

    void release(int slot, long amount) {
        cells[slot * STRIDE] += amount;
        cells[slot * STRIDE + 1] -= amount;
    }

    /** Given away out of the escrow. */
    void give(int slot, long amount) {
        cells[slot * STRIDE + 1] -= amount;
        cells[slot * STRIDE + 2] += amount;
    }

    void expect(int slot, long amount) {
        cells[slot * STRIDE + 3] += amount;
    }

    /** What was outgoing of one and incoming of the other is the other's now. */
    void settle(int from, int to, long amount) {
        cells[from * STRIDE + 2] -= amount;
        cells[to * STRIDE + 3] -= amount;
        cells[to * STRIDE] += amount;
    }

    /** What was outgoing of one and incoming of the other is the one's again. */
    void revert(int from, int to, long amount) {
        cells[from * STRIDE + 2] -= amount;
        cells[to * STRIDE + 3] -= amount;
        cells[from * STRIDE] += amount;
    }

    /** Keys with something in them, in ascending order, each with its four amounts. */
    void write(StateSink out) {
        var order = new long[count];
        int n = 0;
        for (int s = 0; s < count; s++) if ((free(s) | reserved(s) | outgoing(s) | incoming(s)) != 0) order[n++] = keys[s];
        Arrays.sort(order, 0, n);
        out.put(n);
        for (int i = 0; i < n; i++) {
            out.put(order[i]);
            int at = slots.get(order[i]) * STRIDE;
            for (int k = 0; k < STRIDE; k++) out.put(cells[at + k]);
        }
    }
}
