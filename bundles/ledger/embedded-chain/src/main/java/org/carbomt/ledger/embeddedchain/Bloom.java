package org.carbomt.ledger.embeddedchain;

import java.util.List;

/** The 2048-bit log filter of a receipt or block (Yellow Paper, M3:2048). */
final class Bloom {
    static final int BYTES = 256;

    private Bloom() {}

    static byte[] of(List<Log> logs) {
        byte[] bloom = new byte[BYTES];
        for (Log log : logs) {
            add(bloom, log.address().toBytes());
            log.topics().forEach(topic -> add(bloom, topic.toBytes()));
        }
        return bloom;
    }

    static byte[] union(List<byte[]> blooms) {
        byte[] all = new byte[BYTES];
        for (byte[] bloom : blooms) for (int i = 0; i < BYTES; i++) all[i] |= bloom[i];
        return all;
    }

    /** A value to look for in many blooms. */
    static final class Probe {
        private final int[] bits;

        Probe(byte[] value) {
            this.bits = bits(value);
        }

        /** False means: certainly not in. */
        boolean mayBeIn(byte[] bloom) {
            for (int bit : bits) if ((bloom[BYTES - 1 - bit / 8] & 1 << bit % 8) == 0) return false;
            return true;
        }
    }

    static void add(byte[] bloom, byte[] value) {
        for (int bit : bits(value)) bloom[BYTES - 1 - bit / 8] |= (byte) (1 << bit % 8);
    }

    private static int[] bits(byte[] value) {
        byte[] hash = Keccak256.hash(value);
        int[] bits = new int[3];
        for (int i = 0; i < 3; i++) bits[i] = ((hash[2 * i] & 0xff) << 8 | hash[2 * i + 1] & 0xff) & 2047;
        return bits;
    }
}
