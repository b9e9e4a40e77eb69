package org.carbomt.api.emission;

import org.carbomt.api.reading.Grade;

/**
 * One channel over one clock hour, as a rule book needs it.
 *
 * @param unit of the values
 * @param grade the worst grade among the readings
 * @param count readings in the hour
 * @param minutes bit m (0 to 59) is set when a reading lies in minute m
 * @param wholeHour true when the device reports one value for the whole hour (plant data system): the quadrant rule does not apply
 * @param mean arithmetic mean of the readings, NaN when count is 0
 * @param min smallest, NaN when count is 0
 * @param max largest, NaN when count is 0
 */
public record ChannelHour(String unit, Grade grade, int count, long minutes, boolean wholeHour, double mean, double min, double max) {
    /** Bit q (0 to 3) is set when quarter q of the hour has a reading. */
    public int quadrants() {
        int result = 0;
        for (int q = 0; q < 4; q++) {
            if ((minutes >>> (15 * q) & 0x7fff) != 0) result |= 1 << q;
        }
        return result;
    }
}
