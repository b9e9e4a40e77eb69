package org.carbomt.field.profiles;

import org.carbomt.api.reading.Channel;

/** A channel of a profile, with its calibration and its physical limits. */
record ChannelRule(Channel channel, Linear calibration, double min, double max) {
    /**
     * Calibrates and checks.
     *
     * @param value in the channel's unit
     * @param where prefix of the field name, e.g. {@code line 3: }; empty for a message of one row
     */
    double accept(double value, String where) throws Unfit {
        double calibrated = calibration.isIdentity() ? value : calibration.apply(value);
        if (calibrated >= min && calibrated <= max) return calibrated;
        throw new Unfit("value.out-of-range", where + channel.name(), DecimalText.plain(calibrated), DecimalText.plain(min) + " to " + DecimalText.plain(max) + " " + channel.unit());
    }
}
