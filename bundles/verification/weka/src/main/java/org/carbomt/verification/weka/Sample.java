package org.carbomt.verification.weka;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.emission.HourlyRecord;

/**
 * One running hour as the model sees it.
 *
 * @param hour its record
 * @param features see {@link #NAMES}
 * @param rate reported CO2, short tons per operating hour
 */
record Sample(HourlyRecord hour, double[] features, double rate) {
    /** Load (MW, while running), operating time (h), load an hour before (MW, 0 when it did not run), hours since the start (at most 12). */
    static final List<String> NAMES = List.of("loadMw", "operatingTimeHours", "loadBeforeMw", "hoursSinceStart");
    static final int LOAD = 0;
    private static final int LONG_RUNNING = 12;
    private static final int STEADY_FROM = 4;

    /** The hours that can be judged, each with the way into it. Hours that are missing, idle, or without load or operating time are left out. */
    static List<Sample> of(List<HourlyRecord> hours) {
        var samples = new ArrayList<Sample>();
        int since = LONG_RUNNING;
        double before = Double.NaN;
        for (var h : hours) {
            var load = value(h, "loadMw");
            boolean runs = h.massShortTons().isPresent() && h.massShortTons().get().signum() > 0;
            double time = value(h, "operatingTimeHours").orElse(1.0);
            since = runs ? Math.min(since + 1, LONG_RUNNING) : h.status() == HourlyRecord.Status.MISSING ? since : 0;
            if (runs && load.isPresent() && time > 0) {
                double last = Double.isNaN(before) ? load.get() : before;
                samples.add(new Sample(h, new double[] {load.get(), time, last, since}, h.massShortTons().get().doubleValue() / time));
            }
            before = runs ? load.orElse(Double.NaN) : h.status() == HourlyRecord.Status.MISSING ? Double.NaN : 0;
        }
        return samples;
    }

    private static Optional<Double> value(HourlyRecord h, String step) {
        return Optional.ofNullable(h.steps().get(step)).map(BigDecimal::doubleValue).filter(Double::isFinite);
    }

    /** What is learned: short tons per MWh, where the load is high enough to divide by; so a trend carries over to loads seldom seen. */
    double intensity() {
        return rate / divisor(features);
    }

    static double divisor(double[] features) {
        return Math.max(features[LOAD], 1);
    }

    /** Starting, stopping and partial hours scatter far more than steady ones. */
    boolean steady() {
        return operatingTime() == 1 && features[3] >= STEADY_FROM;
    }

    double operatingTime() {
        return features[1];
    }

    /** Whether any meter but the one in question was substituted; such an hour teaches nothing. */
    boolean measured() {
        return hour.status() == HourlyRecord.Status.MEASURED;
    }
}
