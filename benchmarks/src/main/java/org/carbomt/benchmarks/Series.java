package org.carbomt.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one side did in each round. */
final class Series {
    private final List<Double> values = new ArrayList<>();

    static Series of(double value) {
        var one = new Series();
        one.add(value);
        return one;
    }

    void add(double value) {
        values.add(value);
    }

    double median() {
        var sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }

    double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Round by round, for the two sides saw the same weather only within a round. */
    Series over(Series other) {
        var ratios = new Series();
        for (int i = 0; i < values.size(); i++) ratios.add(values.get(i) / other.values.get(i));
        return ratios;
    }

    /** Median, and in brackets the least and the most. */
    String text(int decimals) {
        var f = "%,." + decimals + "f";
        return values.size() == 1 ? String.format(Locale.ROOT, f, values.get(0)) : String.format(Locale.ROOT, f + " (" + f + " – " + f + ")", median(), min(), max());
    }
}
