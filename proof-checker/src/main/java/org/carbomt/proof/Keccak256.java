package org.carbomt.proof;

import java.util.Arrays;

/** Keccak-256 as Ethereum uses it: rate 136 bytes, padding 0x01 (not SHA-3's 0x06). Stateless. */
final class Keccak256 {
    private static final int RATE = 136;
    private static final long[] ROUND = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L, 0x000000000000808bL, 0x0000000080000001L,
        0x8000000080008081L, 0x8000000000008009L, 0x000000000000008aL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000aL,
        0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L, 0x8000000000008002L, 0x8000000000000080L,
        0x000000000000800aL, 0x800000008000000aL, 0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };
    private static final int[] ROTATION = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};
    private static final int[] LANE = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};

    private Keccak256() {}

    static byte[] hash(byte[] input) {
        var padded = Arrays.copyOf(input, (input.length / RATE + 1) * RATE);
        padded[input.length] ^= 0x01;
        padded[padded.length - 1] ^= (byte) 0x80;
        var state = new long[25];
        for (int offset = 0; offset < padded.length; offset += RATE) {
            for (int i = 0; i < RATE; i++) state[i >> 3] ^= (padded[offset + i] & 0xffL) << 8 * (i & 7);
            permute(state);
        }
        var out = new byte[32];
        for (int i = 0; i < 32; i++) out[i] = (byte) (state[i >> 3] >>> 8 * (i & 7));
        return out;
    }

    private static void permute(long[] a) {
        var c = new long[5];
        for (long constant : ROUND) {
            for (int x = 0; x < 5; x++) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            for (int x = 0; x < 5; x++) {
                long d = c[(x + 4) % 5] ^ Long.rotateLeft(c[(x + 1) % 5], 1);
                for (int y = 0; y < 25; y += 5) a[y + x] ^= d;
            }
            long moving = a[1];
            for (int i = 0; i < 24; i++) {
                long next = a[LANE[i]];
                a[LANE[i]] = Long.rotateLeft(moving, ROTATION[i]);
                moving = next;
            }
            for (int y = 0; y < 25; y += 5) {
                for (int x = 0; x < 5; x++) c[x] = a[y + x];
                for (int x = 0; x < 5; x++) a[y + x] = c[x] ^ ~c[(x + 1) % 5] & c[(x + 2) % 5];
            }
            a[0] ^= constant;
        }
    }
}
