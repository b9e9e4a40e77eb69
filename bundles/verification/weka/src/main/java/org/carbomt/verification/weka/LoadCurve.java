package org.carbomt.verification.weka;

import java.util.Arrays;
import java.util.List;

/**
 * CO2 rate over load, a parabola: the shape of every heat-rate curve, so that the forest has only to learn what departs from it, and seldom-seen loads are not
 * guessed from the nearest leaf. Fitted to relative residuals by iteratively reweighted least squares (Huber 1981); hours beyond six robust standard
 * deviations hardly count.
 */
final class LoadCurve {
    private static final int ROUNDS = 15;
    private static final double HUBER = 1.5;
    private static final double FAR = 6;
    /** Relative; a fit better than the meters is no better. */
    private static final double LEAST_DEVIATION = 0.005;

    private final double[] coefficients;
    private final double mostLoad;
    private final double least;

    private LoadCurve(double[] coefficients, double mostLoad, double least) {
        this.coefficients = coefficients;
        this.mostLoad = mostLoad;
        this.least = least;
    }

    /** @param reference a high rate of the source, short tons per hour; the curve never falls below 2 % of it */
    static LoadCurve fit(List<Sample> samples, double reference) {
        double mostLoad = Math.max(1, samples.stream().mapToDouble(Sample::load).max().orElseThrow());
        var weights = new double[samples.size()];
        Arrays.fill(weights, 1);
        var curve = new LoadCurve(new double[] {reference, 0, 0}, mostLoad, 0.02 * reference);
        for (int round = 0; round < ROUNDS; round++) {
            curve = new LoadCurve(leastSquares(samples, weights, curve), mostLoad, curve.least);
            var deviations = new double[samples.size()];
            for (int i = 0; i < deviations.length; i++) deviations[i] = Math.abs(samples.get(i).rate() / curve.at(samples.get(i).load()) - 1);
            double scale = Math.max(LEAST_DEVIATION, 1.4826 * median(deviations));
            for (int i = 0; i < weights.length; i++) weights[i] = deviations[i] > FAR * scale ? 0.01 : Math.min(1, HUBER * scale / Math.max(deviations[i], 1e-12));
        }
        return curve;
    }

    /** @return short tons per operating hour */
    double at(double load) {
        double x = load / mostLoad;
        return Math.max(least, coefficients[0] + x * (coefficients[1] + x * coefficients[2]));
    }

    /** Relative to the curve of the round before; relative to the reported rate, hours reported too low would weigh most. */
    private static double[] leastSquares(List<Sample> samples, double[] weights, LoadCurve before) {
        var a = new double[3][4];
        for (int i = 0; i < weights.length; i++) {
            double x = samples.get(i).load() / before.mostLoad;
            double y = samples.get(i).rate();
            double scale = before.at(samples.get(i).load());
            double weight = weights[i] / (scale * scale);
            double[] powers = {1, x, x * x};
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) a[r][c] += weight * powers[r] * powers[c];
                a[r][3] += weight * powers[r] * y;
            }
        }
        // a source that always runs at one load leaves the slope open: the smallest ridge closes it
        double ridge = 1e-9 * (a[0][0] + a[1][1] + a[2][2]);
        for (int r = 0; r < 3; r++) a[r][r] += ridge;
        for (int p = 0; p < 3; p++) {
            for (int r = 0; r < 3; r++) {
                if (r == p) continue;
                double factor = a[r][p] / a[p][p];
                for (int c = p; c < 4; c++) a[r][c] -= factor * a[p][c];
            }
        }
        return new double[] {a[0][3] / a[0][0], a[1][3] / a[1][1], a[2][3] / a[2][2]};
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
