package org.carbomt.satellite.plumes;

import java.util.Arrays;
import org.carbomt.api.satellite.Scene;

/**
 * What a column has above its surroundings, ppb; NaN where there is no data or too few neighbours to tell. The background is the 40 % quantile of the 17 x 17 pixels around (a plume
 * fills less of them); stripes along the flight are the columns' medians against those of their neighbours.
 *
 * @param noise 1.4826 · MAD of the values, ppb
 */
record Enhancement(double[] ppb, double noise) {
    private static final int REACH = 8;
    private static final int LEAST = 30;
    private static final double QUANTILE = 0.4;
    private static final int STRIPE_REACH = 4;
    private static final double MAD = 1.4826;

    static Enhancement of(Scene scene) {
        var out = new double[scene.pixels()];
        var window = new double[(2 * REACH + 1) * (2 * REACH + 1)];
        for (int r = 0; r < scene.rows(); r++) {
            for (int c = 0; c < scene.columns(); c++) {
                int n = 0;
                for (int y = Math.max(0, r - REACH); y <= Math.min(scene.rows() - 1, r + REACH); y++) {
                    for (int x = Math.max(0, c - REACH); x <= Math.min(scene.columns() - 1, c + REACH); x++) {
                        double v = scene.ppb()[y * scene.columns() + x];
                        if (!Double.isNaN(v)) window[n++] = v;
                    }
                }
                out[r * scene.columns() + c] = n < LEAST ? Double.NaN : scene.ppb()[r * scene.columns() + c] - quantile(window, n, QUANTILE);
            }
        }
        destripe(out, scene.rows(), scene.columns());
        double middle = median(out);
        for (int i = 0; i < out.length; i++) out[i] -= middle;
        return new Enhancement(out, spread(out));
    }

    private static void destripe(double[] values, int rows, int columns) {
        var medians = new double[columns];
        for (int c = 0; c < columns; c++) {
            var column = new double[rows];
            for (int r = 0; r < rows; r++) column[r] = values[r * columns + c];
            medians[c] = median(column);
        }
        for (int c = 0; c < columns; c++) {
            double stripe = medians[c] - median(Arrays.copyOfRange(medians, Math.max(0, c - STRIPE_REACH), Math.min(columns, c + STRIPE_REACH + 1)));
            if (!Double.isNaN(stripe)) for (int r = 0; r < rows; r++) values[r * columns + c] -= stripe;
        }
    }

    /** Of those that are numbers; NaN when none is. */
    static double median(double[] values) {
        var numbers = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        return quantile(numbers, numbers.length, 0.5);
    }

    /** 1.4826 · median of the distances from the median: the standard deviation of what is normal, whatever the rest does. */
    static double spread(double[] values) {
        double middle = median(values);
        return MAD * median(Arrays.stream(values).map(v -> Math.abs(v - middle)).toArray());
    }

    /** Linear between the two nearest ranks. */
    private static double quantile(double[] values, int n, double q) {
        if (n == 0) return Double.NaN;
        var sorted = Arrays.copyOf(values, n);
        Arrays.sort(sorted);
        double at = q * (n - 1);
        int i = (int) at;
        return i + 1 < n ? sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]) : sorted[i];
    }
}
