package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Hash;
import java.util.ArrayList;
import java.util.List;

/** The transactions taken lately, in their order; the oldest are forgotten. Thread safe. */
final class Arrivals {
    private static final int KEPT = 16_384;
    private final Hash[] ring = new Hash[KEPT];
    private long count;

    synchronized void add(Hash transaction) {
        ring[(int) (count++ % KEPT)] = transaction;
    }

    synchronized long count() {
        return count;
    }

    /** Those after the first so many, as far as they are kept. */
    synchronized List<Hash> after(long seen) {
        List<Hash> hashes = new ArrayList<>();
        for (long i = Math.max(seen, count - KEPT); i < count; i++) hashes.add(ring[(int) (i % KEPT)]);
        return hashes;
    }
}
