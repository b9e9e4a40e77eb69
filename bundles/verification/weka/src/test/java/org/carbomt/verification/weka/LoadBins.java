package org.carbomt.verification.weka;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The yardstick: the median tons per MWh of the hours of like load, twenty bins of equal count. */
final class LoadBins implements Regression {
    private static final int BINS = 20;

    @Override
    public String name() {
        return "medians of " + BINS + " load bins";
    }

    @Override
    public Model fit(List<Sample> samples, double reference) {
        var bins = Bins.of(samples);
        return features -> bins.medians[bins.of(features[Sample.LOAD])] * Math.max(1, features[Sample.LOAD]);
    }

    /** The rule as a person would write it: outside of median ± k robust standard deviations (MAD x 1.4826) of the bin. */
    static Scores.Judge medianAndDeviation(List<Sample> samples, double k) {
        var bins = Bins.of(samples);
        double most = samples.stream().mapToDouble(Sample::load).max().orElseThrow();
        return s -> {
            if (s.load() > 1.02 * most) return Optional.empty();
            int b = bins.of(s.load());
            double expected = bins.medians[b] * Math.max(1, s.load());
            double half = k * bins.deviations[b] * Math.max(1, s.load());
            return Optional.of(new ExpectedMass.Band(expected, Math.max(0, expected - half), expected + half));
        };
    }

    private record Bins(double[] edges, double[] medians, double[] deviations) {
        static Bins of(List<Sample> samples) {
            var sorted = samples.stream().sorted(Comparator.comparingDouble(Sample::load)).toList();
            var bins = new Bins(new double[BINS], new double[BINS], new double[BINS]);
            for (int b = 0; b < BINS; b++) {
                var bin = sorted.subList(sorted.size() * b / BINS, sorted.size() * (b + 1) / BINS);
                var ratios = bin.stream().mapToDouble(s -> s.rate() / Math.max(1, s.load())).toArray();
                double median = median(ratios);
                bins.edges[b] = bin.get(0).load();
                bins.medians[b] = median;
                bins.deviations[b] = 1.4826 * median(Arrays.stream(ratios).map(r -> Math.abs(r - median)).toArray());
            }
            return bins;
        }

        int of(double load) {
            int b = Arrays.binarySearch(edges, load);
            return b >= 0 ? b : Math.max(0, -b - 2);
        }

        private static double median(double[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }
    }
}
