package org.carbomt.field.lorawan;

import java.util.OptionalLong;

/**
 * The 32-bit counters that 16 bits in a frame may stand for (LoRaWAN 1.0.3, section 4.3.1.5).
 *
 * @param ahead the lowest not below the next one expected; empty when 32 bits are used up
 * @param behind the highest below it: a frame sent before
 */
record FrameCounter(OptionalLong ahead, OptionalLong behind) {
    private static final long ROUND = 0x1_0000L;
    private static final long END = 0x1_0000_0000L;

    static FrameCounter of(int counter16, long next) {
        if (counter16 < 0 || counter16 >= ROUND) throw new IllegalArgumentException("counter16 = " + counter16 + "; expected 16 bits");
        if (next < 0 || next > END) throw new IllegalArgumentException("next = " + next + "; expected 0 to 2^32");
        long same = next & ~0xffffL | counter16;
        long ahead = same >= next ? same : same + ROUND;
        long behind = ahead - ROUND;
        return new FrameCounter(ahead < END ? OptionalLong.of(ahead) : OptionalLong.empty(), behind >= 0 ? OptionalLong.of(behind) : OptionalLong.empty());
    }
}
