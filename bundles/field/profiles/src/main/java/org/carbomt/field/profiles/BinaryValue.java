package org.carbomt.field.profiles;

import java.util.HexFormat;
import java.util.Set;

/**
 * A number at a fixed place in a stretch of bytes.
 *
 * @param channel index of the channel it feeds
 * @param mask bits of the raw integer that count, after reading, before the sign
 * @param absent raw integers that mean 'no value'
 */
record BinaryValue(int channel, int at, int length, boolean floating, boolean signed, boolean little, long mask, Linear linear, Set<Long> absent) {
    /** @param base where the stretch begins; the caller has checked that it is long enough */
    double read(byte[] bytes, int base, ChannelRule rule) throws Unfit {
        long raw = raw(bytes, base + at, length, little);
        if (absent.contains(raw)) return Double.NaN;
        double value;
        if (floating) {
            value = length == 4 ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw new Unfit("value.malformed", rule.channel().name(), HexFormat.of().formatHex(bytes, base + at, base + at + length), "a finite number");
            }
        } else {
            long kept = raw & mask;
            int shift = 64 - 8 * length;
            value = signed ? kept << shift >> shift : kept;
        }
        return rule.accept(linear.isIdentity() ? value : linear.apply(value), "");
    }

    /** The unsigned integer of up to 8 bytes. */
    static long raw(byte[] bytes, int at, int length, boolean little) {
        long raw = 0;
        for (int i = 0; i < length; i++) raw = raw << 8 | bytes[little ? at + length - 1 - i : at + i] & 0xff;
        return raw;
    }
}
