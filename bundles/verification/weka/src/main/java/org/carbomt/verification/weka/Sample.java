package org.carbomt.verification.weka;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;

/**
 * One running hour as the model sees it.
 *
 * @param hour its record
 * @param features see {@link #NAMES}; NaN where a neighbouring hour is not known
 * @param rate reported CO2, short tons per operating hour
 * @param steady it and its neighbours (two before, one after, as far as known) are full operating hours
 */
record Sample(HourlyRecord hour, double[] features, double rate, boolean steady) {
    /** Load while running, part of the hour with fuel, and the way into and out of the hour. The mass of no other hour: a falsified day would vouch for itself. */
    static final List<String> NAMES = List.of("loadMw", "operatingTimeHours", "energyBeforeMwh", "energyTwoBeforeMwh", "energyAfterMwh");
    static final int LOAD = 0;
    static final int TIME = 1;

    /** The hours that can be compared: running, with a load and an operating time that are possible. */
    static List<Sample> of(List<HourlyRecord> hours) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < hours.size(); i++) {
            var h = hours.get(i);
            double load = load(h);
            double time = time(h);
            if (!runs(h) || !(load >= 0) || !(time > 0 && time <= 1)) continue;
            var features = new double[] {load, time, energy(hours, i, -1), energy(hours, i, -2), energy(hours, i, 1)};
            boolean steady = full(hours, i, -2) && full(hours, i, -1) && time == 1 && full(hours, i, 1);
            samples.add(new Sample(h, features, h.massShortTons().orElseThrow().doubleValue() / time, steady));
        }
        return samples;
    }

    static boolean runs(HourlyRecord h) {
        return h.massShortTons().isPresent() && h.massShortTons().get().signum() > 0;
    }

    /** MW, NaN when not recorded. */
    static double load(HourlyRecord h) {
        return value(h, "loadMw", Double.NaN);
    }

    private static double time(HourlyRecord h) {
        return value(h, "operatingTimeHours", 1);
    }

    private static double energy(List<HourlyRecord> hours, int i, int offset) {
        var h = neighbour(hours, i, offset);
        if (h == null || h.status() == Status.MISSING) return Double.NaN;
        return h.status() == Status.IDLE ? 0 : load(h) * time(h);
    }

    private static boolean full(List<HourlyRecord> hours, int i, int offset) {
        var h = neighbour(hours, i, offset);
        return h == null || h.status() == Status.MISSING || runs(h) && time(h) == 1;
    }

    /** The record that many hours later (-2 to 1), if it is there: the list may have gaps. */
    private static HourlyRecord neighbour(List<HourlyRecord> hours, int i, int offset) {
        var wanted = hours.get(i).hourStart().plusSeconds(3_600L * offset);
        for (int j = Math.max(0, i - 2); j < hours.size() && j <= i + 1; j++) {
            if (hours.get(j).hourStart().equals(wanted)) return hours.get(j);
        }
        return null;
    }

    private static double value(HourlyRecord h, String step, double absent) {
        var value = h.steps().get(step);
        return value == null ? absent : finite(value);
    }

    private static double finite(BigDecimal value) {
        double d = value.doubleValue();
        return Double.isFinite(d) ? d : Double.NaN;
    }

    double load() {
        return features[LOAD];
    }

    double operatingTime() {
        return features[TIME];
    }

    /** Reported mass, short tons. */
    double mass() {
        return hour.massShortTons().orElseThrow().doubleValue();
    }
}
