package org.carbomt.forecast;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** The newest errors of a method, step by step ahead: the band of its next forecast. Not safe for threads. */
final class Errors {
    static final double[] LEVELS = {0.1, 0.5, 0.9};
    /** Fewer errors of a step say nothing of a tenth. */
    static final int FEWEST = 10;
    private final Deque<double[]> newest = new ArrayDeque<>();
    private final int most;

    Errors(int most) {
        this.most = most;
    }

    /** @param error actual less forecast for each step, NaN where one is unknown */
    void add(double[] error) {
        newest.addLast(error);
        if (newest.size() > most) newest.removeFirst();
    }

    /** Quantiles (10, 50, 90 %) of a forecast: its point plus the quantiles of its past errors at this step, never below the floor. NaN with fewer than ten of them. */
    double[][] around(double[] point, double floor) {
        var band = new double[point.length][LEVELS.length];
        for (int s = 0; s < point.length; s++) {
            int step = s;
            var errors = newest.stream().mapToDouble(e -> e[step]).filter(e -> !Double.isNaN(e)).sorted().toArray();
            for (int q = 0; q < LEVELS.length; q++) band[s][q] = errors.length < FEWEST ? Double.NaN : Math.max(floor, point[s] + quantile(errors, LEVELS[q]).orElseThrow());
        }
        return band;
    }

    /** Linear between order statistics i/(n + 1), as unbiased for unseen values; beyond the outermost it is the outermost. */
    static OptionalDouble quantile(double[] sorted, double level) {
        if (sorted.length == 0) return OptionalDouble.empty();
        double place = level * (sorted.length + 1) - 1;
        int below = (int) Math.floor(Math.min(Math.max(place, 0), sorted.length - 1));
        int above = Math.min(below + 1, sorted.length - 1);
        double share = Math.min(Math.max(place - below, 0), 1);
        return OptionalDouble.of(sorted[below] + share * (sorted[above] - sorted[below]));
    }
}
