package org.carbomt.market.matching.engine;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What is traded and not yet moved on chain. Trades between the same seller and buyer in the same token are collected into one settlement until the batch is
 * cut; a settlement goes when the chain has done or refused it.
 */
final class Settlements {
    private static final int STRIDE = 6;
    private static final int NUMBER = 0;
    private static final int BATCH = 1;
    private static final int PARTIES = 2;
    private static final int TONNES = 3;
    private static final int CASH = 4;
    private static final int TRADES = 5;
    private static final int SMALL = 4096;

    private LongIntMap collecting = new LongIntMap(64);
    private final LongIntMap numbers = new LongIntMap(64);
    private long[] cells = new long[64 * STRIDE];
    private int used;
    private int[] spare = new int[64];
    private int spares;
    private int[] current = new int[64];
    private int currents;
    private long lastNumber;
    private long lastBatch;

    /** @return number of the settlement the trade is part of */
    long trade(int seller, int buyer, int instrument, long tonnes, long cash) {
        long parties = (long) seller << 40 | (long) buyer << 16 | instrument;
        int slot = collecting.get(parties);
        if (slot == LongIntMap.ABSENT) slot = add(++lastNumber, 0, parties);
        int at = slot * STRIDE;
        cells[at + TONNES] += tonnes;
        cells[at + CASH] += cash;
        cells[at + TRADES]++;
        return cells[at + NUMBER];
    }

    private int add(long number, long batch, long parties) {
        int slot = spares > 0 ? spare[--spares] : used++;
        if (used * STRIDE > cells.length) cells = Arrays.copyOf(cells, cells.length * 2);
        int at = slot * STRIDE;
        Arrays.fill(cells, at, at + STRIDE, 0);
        cells[at + NUMBER] = number;
        cells[at + BATCH] = batch;
        cells[at + PARTIES] = parties;
        numbers.put(number, slot);
        if (batch == 0) {
            collecting.put(parties, slot);
            if (currents == current.length) current = Arrays.copyOf(current, currents * 2);
            current[currents++] = slot;
        }
        return slot;
    }

    /** What was collected is a batch now. @return its number, 0 when nothing was collected */
    long cut() {
        if (currents == 0) return 0;
        lastBatch++;
        for (int i = 0; i < currents; i++) {
            cells[current[i] * STRIDE + BATCH] = lastBatch;
            if (currents <= SMALL) collecting.remove(cells[current[i] * STRIDE + PARTIES]);
        }
        if (currents > SMALL) collecting = new LongIntMap(64);
        currents = 0;
        return lastBatch;
    }

    int find(long number) {
        return number == 0 ? LongIntMap.ABSENT : numbers.get(number);
    }

    void remove(int slot) {
        numbers.remove(number(slot));
        cells[slot * STRIDE] = 0;
        if (spares == spare.length) spare = Arrays.copyOf(spare, spares * 2);
        spare[spares++] = slot;
    }

    long number(int slot) {
        return cells[slot * STRIDE + NUMBER];
    }

    /** 0 while trades are added. */
    long batch(int slot) {
        return cells[slot * STRIDE + BATCH];
    }

    int seller(int slot) {
        return seller(cells[slot * STRIDE + PARTIES]);
    }

    static int seller(long parties) {
        return (int) (parties >>> 40);
    }

    int buyer(int slot) {
        return buyer(cells[slot * STRIDE + PARTIES]);
    }

    static int buyer(long parties) {
        return (int) (parties >>> 16) & 0xffffff;
    }

    int instrument(int slot) {
        return instrument(cells[slot * STRIDE + PARTIES]);
    }

    static int instrument(long parties) {
        return (int) parties & 0xffff;
    }

    long tonnes(int slot) {
        return cells[slot * STRIDE + TONNES];
    }

    long cash(int slot) {
        return cells[slot * STRIDE + CASH];
    }

    long trades(int slot) {
        return cells[slot * STRIDE + TRADES];
    }

    /** Puts the settlement into six longs. */
    void copy(int slot, long[] into, int to) {
        System.arraycopy(cells, slot * STRIDE, into, to, STRIDE);
    }

    int count() {
        return numbers.size();
    }

    /** Settlements that are still collected. */
    int collecting() {
        return currents;
    }

    /** All of them, by number. */
    void each(IntConsumer visitor) {
        var order = new long[count()];
        int n = 0;
        for (int s = 0; s < used; s++) if (number(s) != 0) order[n++] = number(s);
        Arrays.sort(order);
        for (long number : order) visitor.accept(numbers.get(number));
    }

    void write(StateSink out) {
        out.put(lastNumber);
        out.put(lastBatch);
        out.put(count());
        each(s -> {
            for (int k = 0; k < STRIDE; k++) out.put(cells[s * STRIDE + k]);
        });
    }
}
