package org.carbomt.verification.weka;

import java.util.Arrays;
import java.util.List;

/** The yardstick: the median of the hours of like load (ten bins of equal count). */
final class LoadBins implements Regression {
    private static final int BINS = 10;

    @Override
    public Model fit(List<Sample> samples) {
        var sorted = samples.stream().sorted(java.util.Comparator.comparingDouble(s -> s.features()[Sample.LOAD])).toList();
        var edges = new double[BINS];
        var medians = new double[BINS];
        for (int b = 0; b < BINS; b++) {
            var bin = sorted.subList(sorted.size() * b / BINS, sorted.size() * (b + 1) / BINS);
            edges[b] = bin.get(0).features()[Sample.LOAD];
            medians[b] = median(bin.stream().mapToDouble(s -> s.intensity()).toArray());
        }
        return features -> {
            int b = Arrays.binarySearch(edges, features[Sample.LOAD]);
            b = b >= 0 ? b : Math.max(0, -b - 2);
            return medians[b] * Sample.divisor(features);
        };
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
