package org.carbomt.market.matching.engine;

import java.util.Arrays;

/**
 * Orders, one in ten longs: open ones, and the last so many requests that are done (that is how far the same request again is recognised). Deposits and
 * withdrawals are requests, too. A slot is used again after its request is forgotten.
 */
final class Orders {
    static final int NONE = -1;
    private static final int STRIDE = 10;
    private static final int ID = 0;
    private static final int PRICE = 1;
    private static final int OPEN = 2;
    private static final int TONNES = 3;
    private static final int FILLED = 4;
    /** Next and previous slot: in the queue of the price while open, among those done afterwards. */
    private static final int LINKS = 5;
    /** Account (24 bits), instrument (16), side (1), type (3), status (2), reason (4). */
    private static final int META = 6;
    /** Slot of the price level and of the balance that covers it. */
    private static final int PLACE = 7;
    private static final int SEQUENCE = 8;
    private static final int TIME = 9;

    private final int remembered;
    private final LongIntMap ids;
    private long[] cells;
    private int used;
    private int free = NONE;
    private int doneFirst = NONE;
    private int doneLast = NONE;
    private int done;

    /** @param remembered how many requests that are done are kept */
    Orders(int remembered) {
        this.remembered = remembered;
        this.ids = new LongIntMap(1024);
        this.cells = new long[1024 * STRIDE];
    }

    int find(long id) {
        return ids.get(id);
    }

    int add(long id, int account, int instrument, int side, int type, long price, long tonnes, long sequence, long time) {
        int slot = free;
        if (slot == NONE) {
            slot = used++;
            if (used * STRIDE > cells.length) cells = Arrays.copyOf(cells, cells.length * 2);
        } else {
            free = next(slot);
        }
        int at = slot * STRIDE;
        cells[at + ID] = id;
        cells[at + PRICE] = price;
        cells[at + OPEN] = tonnes;
        cells[at + TONNES] = tonnes;
        cells[at + FILLED] = 0;
        cells[at + META] = (long) account << 40 | (long) instrument << 24 | (long) side << 16 | (long) type << 8;
        cells[at + SEQUENCE] = sequence;
        cells[at + TIME] = time;
        ids.put(id, slot);
        return slot;
    }

    long id(int slot) {
        return cells[slot * STRIDE + ID];
    }

    long price(int slot) {
        return cells[slot * STRIDE + PRICE];
    }

    long open(int slot) {
        return cells[slot * STRIDE + OPEN];
    }

    void open(int slot, long tonnes) {
        cells[slot * STRIDE + OPEN] = tonnes;
    }

    long tonnes(int slot) {
        return cells[slot * STRIDE + TONNES];
    }

    long filled(int slot) {
        return cells[slot * STRIDE + FILLED];
    }

    void fill(int slot, long tonnes) {
        cells[slot * STRIDE + FILLED] += tonnes;
        cells[slot * STRIDE + OPEN] -= tonnes;
    }

    int account(int slot) {
        return account(cells[slot * STRIDE + META]);
    }

    static int account(long meta) {
        return (int) (meta >>> 40);
    }

    int instrument(int slot) {
        return instrument(cells[slot * STRIDE + META]);
    }

    static int instrument(long meta) {
        return (int) (meta >>> 24) & 0xffff;
    }

    int side(int slot) {
        return side(cells[slot * STRIDE + META]);
    }

    static int side(long meta) {
        return (int) (meta >>> 16) & 1;
    }

    int type(int slot) {
        return type(cells[slot * STRIDE + META]);
    }

    static int type(long meta) {
        return (int) (meta >>> 8) & 0xff;
    }

    int status(int slot) {
        return status(cells[slot * STRIDE + META]);
    }

    static int status(long meta) {
        return (int) (meta >>> 4) & 0xf;
    }

    int reason(int slot) {
        return reason(cells[slot * STRIDE + META]);
    }

    static int reason(long meta) {
        return (int) meta & 0xf;
    }

    long sequence(int slot) {
        return cells[slot * STRIDE + SEQUENCE];
    }

    long time(int slot) {
        return cells[slot * STRIDE + TIME];
    }

    int next(int slot) {
        return (int) (cells[slot * STRIDE + LINKS] >> 32);
    }

    int previous(int slot) {
        return (int) cells[slot * STRIDE + LINKS];
    }

    void link(int slot, int next, int previous) {
        cells[slot * STRIDE + LINKS] = (long) next << 32 | previous & 0xffffffffL;
    }

    int level(int slot) {
        return (int) (cells[slot * STRIDE + PLACE] >> 32);
    }

    int cover(int slot) {
        return (int) cells[slot * STRIDE + PLACE];
    }

    void place(int slot, int level, int cover) {
        cells[slot * STRIDE + PLACE] = (long) level << 32 | cover & 0xffffffffL;
    }

    /** The request is done, and forgotten when enough others are. Its order is in no queue. */
    void finish(int slot, int status, int reason) {
        cells[slot * STRIDE + META] = cells[slot * STRIDE + META] & ~0xffL | status << 4 | reason;
        cells[slot * STRIDE + OPEN] = 0;
        link(slot, NONE, NONE);
        if (doneLast == NONE) {
            doneFirst = slot;
        } else {
            link(doneLast, slot, NONE);
        }
        doneLast = slot;
        if (++done > remembered) forget();
    }

    private void forget() {
        int slot = doneFirst;
        doneFirst = next(slot);
        if (doneFirst == NONE) doneLast = NONE;
        done--;
        ids.remove(id(slot));
        cells[slot * STRIDE + ID] = 0;
        link(slot, free, NONE);
        free = slot;
    }

    int doneFirst() {
        return doneFirst;
    }

    int done() {
        return done;
    }

    /** Requests open and done. */
    int count() {
        return ids.size();
    }

    /** Slots are below this; one whose id is 0 is empty. */
    int end() {
        return used;
    }

    /** Puts what {@link #write} writes into eight longs. */
    void copy(int slot, long[] into, int to) {
        int at = slot * STRIDE;
        System.arraycopy(cells, at, into, to, LINKS);
        into[to + 5] = cells[at + META];
        into[to + 6] = cells[at + SEQUENCE];
        into[to + 7] = cells[at + TIME];
    }

    void write(int slot, StateSink out) {
        var eight = new long[8];
        copy(slot, eight, 0);
        for (long value : eight) out.put(value);
    }
}
